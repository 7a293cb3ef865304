package io.jenkins.plugins.argopreflight.engine.check;

import java.util.Arrays;
import java.util.Comparator;

/** The title of a finding: short enough for one line, however long the names in it are. */
public final class Title {

    /** Characters at most. */
    public static final int MOST = 80;

    /** What stays of a value at least, for a reader to recognise it. */
    private static final int LEAST = 9;

    private static final String CUT = "…";
    private static final String IN_NAMESPACE = " in namespace ";

    private Title() {}

    /** The words as the beginning of a sentence. */
    public static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /**
     * The words with their values; the longest values are shortened in the middle, and the end is cut only when that
     * is not enough.
     *
     * @param words with {@code %s} for each value; without values they stand as they are
     */
    public static String of(String words, String... values) {
        String[] shown = values.clone();
        String title = text(words, shown);
        while (title.length() > MOST) {
            int longest = Arrays.asList(shown)
                    .indexOf(Arrays.stream(shown)
                            .max(Comparator.comparingInt(String::length))
                            .orElse(""));
            if (longest < 0 || shown[longest].length() <= LEAST) {
                return title.substring(0, boundary(title, MOST - 1)) + CUT;
            }
            int wanted = shown[longest].length() - (title.length() - MOST);
            shown[longest] = shortened(shown[longest], Math.max(LEAST, Math.max(wanted, second(shown, longest))));
            title = text(words, shown);
        }
        return title;
    }

    /**
     * What a check could not determine. Where it is too long, the namespace goes first: the subject has it.
     *
     * @param what such as {@code whether Secret tls exists in namespace ci}
     */
    public static String couldNotCheck(String what) {
        int namespace = what.lastIndexOf(IN_NAMESPACE);
        boolean atEnd = namespace > 0 && what.indexOf(' ', namespace + IN_NAMESPACE.length()) < 0;
        String words = "Could not check %s";
        return of(words, atEnd && words.length() - 2 + what.length() > MOST ? what.substring(0, namespace) : what);
    }

    /** A message, or its beginning up to a word's end: Argo names the place and the problem first. */
    public static String beginning(String message) {
        int end = message.length() <= MOST ? 0 : message.lastIndexOf(' ', MOST - 1);
        return end < MOST / 2 ? message : message.substring(0, end).replaceFirst("[,;:]$", "") + CUT;
    }

    private static String text(String words, String... values) {
        return values.length == 0 ? words : String.format(words, (Object[]) values);
    }

    /** One less than the length of the longest other value, so that several long values shrink together. */
    private static int second(String[] values, int longest) {
        int other = 0;
        for (int i = 0; i < values.length; i++) {
            other = i == longest ? other : Math.max(other, values[i].length());
        }
        return Math.min(other, values[longest].length()) - 1;
    }

    /** Its beginning and its end, in fewer characters than before. */
    private static String shortened(String value, int length) {
        int head = boundary(value, length / 2);
        int tail = value.length() - (length - CUT.length() - head);
        return value.substring(0, head) + CUT + value.substring(boundary(value, tail) == tail ? tail : tail + 1);
    }

    /** The place, or the one before it when a character of two parts would be cut. */
    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
