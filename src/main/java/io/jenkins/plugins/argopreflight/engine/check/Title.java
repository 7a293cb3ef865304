package io.jenkins.plugins.argopreflight.engine.check;

import java.util.regex.Pattern;

/** The title of a finding: short enough for one line, however long the names in it are. */
public final class Title {

    /** Characters at most. */
    public static final int MOST = 80;

    /** A longer word at the end is cut. */
    private static final int LONGEST_WORD = 25;

    private static final Pattern DIGEST = Pattern.compile("(?<=@sha256:[0-9a-f]{12})[0-9a-f]+$");

    private static final String CUT = "…";
    private static final String IN_NAMESPACE = " in namespace ";

    private Title() {}

    /** Returns the words as the beginning of a sentence. An identifier such as {@code system:serviceaccount:ci:default} stays. */
    public static String capital(String words) {
        String first = words.split(" ", 2)[0];
        return first.indexOf(':') > 0 ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /**
     * The words with their values; the end is cut where they are too long.
     *
     * @param words with {@code %s} for each value; without values they stand as they are
     */
    public static String of(String words, String... values) {
        return beginning(values.length == 0 ? words : String.format(words, (Object[]) values));
    }

    /** The name of an image without its registry, and with the beginning of its digest. */
    public static String image(String name) {
        int slash = name.indexOf('/');
        boolean hasRegistry = slash > 0 && isRegistry(name.substring(0, slash));
        return DIGEST.matcher(hasRegistry ? name.substring(slash + 1) : name).replaceFirst("");
    }

    /** Returns whether the first part of an image's name is a registry. Source: github.com/distribution/reference normalize.go. */
    private static boolean isRegistry(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
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

    /** A message, or its beginning up to the end of a word: Argo names the place and the problem first. */
    public static String beginning(String message) {
        if (message.length() <= MOST) {
            return message;
        }
        int word = message.lastIndexOf(' ', MOST - 1);
        int end = word < MOST - LONGEST_WORD ? boundary(message, MOST - 1) : word;
        return message.substring(0, end).replaceFirst("[,;:…]$", "") + CUT;
    }

    /** The place, or the one before it when a character of two parts would be cut. */
    private static int boundary(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
