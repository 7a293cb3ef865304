package io.jenkins.plugins.argopreflight.engine.check;

import java.util.regex.Pattern;

/** The title of a finding, short enough for one line even if the names in it are long. */
public final class Title {

    /** The maximum length of a title, in characters. */
    public static final int MAX_CHARACTERS = 80;

    /**
     * The number of characters that a title can lose so that it ends with a whole word. A title that would lose more
     * ends within a word.
     */
    private static final int MAX_OMITTED_CHARACTERS = 25;

    private static final Pattern DIGEST = Pattern.compile("(?<=@sha256:[0-9a-f]{12})[0-9a-f]+$");

    private static final String CUT = "…";

    private Title() {}

    /**
     * Returns the text as the beginning of a sentence. An identifier such as {@code system:serviceaccount:ci:default}
     * stays unchanged.
     */
    public static String capitalized(String text) {
        String first = text.split(" ", 2)[0];
        return first.indexOf(':') > 0 ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /**
     * Returns the text with its values, shortened if it is too long.
     *
     * @param text the text, with {@code %s} for each value; without values it is taken literally
     */
    public static String format(String text, String... values) {
        return shortened(filled(text, values));
    }

    /** Returns the text with its values, as long as it is. */
    static String filled(String text, String... values) {
        return values.length == 0 ? text : String.format(text, (Object[]) values);
    }

    /** Returns the name of an image without its registry, and with only the beginning of its digest. */
    public static String image(String name) {
        int slash = name.indexOf('/');
        boolean hasRegistry = slash > 0 && isRegistry(name.substring(0, slash));
        return DIGEST.matcher(hasRegistry ? name.substring(slash + 1) : name).replaceFirst("");
    }

    /**
     * Returns whether the first part of an image's name is a registry. Source: github.com/distribution/reference
     * normalize.go.
     */
    private static boolean isRegistry(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
    }

    /**
     * Returns the title for something that could not be checked.
     *
     * @param question the indirect question after "Could not check", such as {@code whether node n1 exists}
     */
    public static String couldNotCheck(String question) {
        return format("Could not check %s", question);
    }

    /**
     * Returns the title for something in a namespace that could not be checked. If it is too long, the namespace is
     * left out first: the subject of the finding contains it.
     *
     * @param question the indirect question, such as {@code whether Secret tls exists}
     */
    public static String couldNotCheck(String question, String namespace) {
        String whole = "Could not check " + question + " in namespace " + namespace;
        return fits(whole) ? whole : couldNotCheck(question);
    }

    /** Returns the text if it is too long for a title, else {@code ""}. */
    public static String ifShortened(String text) {
        return fits(text) ? "" : text;
    }

    /** Returns whether a text is short enough to be a whole title. */
    public static boolean fits(String text) {
        return text.length() <= MAX_CHARACTERS;
    }

    /**
     * Returns the message, or its beginning up to the end of a word. Messages of Argo begin with the location and the
     * problem.
     */
    public static String shortened(String message) {
        if (fits(message)) {
            return message;
        }
        int word = message.lastIndexOf(' ', MAX_CHARACTERS - 1);
        int end = word < MAX_CHARACTERS - MAX_OMITTED_CHARACTERS ? cutIndex(message, MAX_CHARACTERS - 1) : word;
        return message.substring(0, end).replaceFirst("[,;:…]$", "") + CUT;
    }

    /** Returns the index, or the one before it if a surrogate pair would be cut. */
    private static int cutIndex(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
