package io.jenkins.plugins.argopreflight.engine.render;

import java.util.List;

/** Short texts for lists of names and for numbers with a noun. */
public final class NameList {

    private static final int MAX_SHOWN = 4;
    /** The number of names that are shown of a longer list. */
    private static final int SHOWN_BEFORE_MORE = 3;

    private NameList() {}

    /** Returns all names of a short list, or the first names of a long list and the number of the others. */
    public static String some(List<String> names) {
        return names.size() <= MAX_SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN_BEFORE_MORE)) + " and " + (names.size() - SHOWN_BEFORE_MORE)
                        + " more";
    }

    /** Returns a number with its noun: {@code 1 namespace}, {@code 2 namespaces}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
