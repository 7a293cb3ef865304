package io.jenkins.plugins.argopreflight.engine.render;

import java.util.List;

/** Lists of names that a person can take in. */
public final class NameList {

    private static final int SHOWN = 3;

    private NameList() {}

    /** All of a short list; the first ones of a long list and how many more there are. */
    public static String some(List<String> names) {
        return names.size() <= SHOWN + 1
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    /** {@code 1 namespace}, {@code 2 namespaces}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
