package io.jenkins.plugins.argopreflight.engine.report;

import java.util.List;

/** Lists of names that a person can take in. */
final class Names {

    private static final int SHOWN = 3;

    private Names() {}

    /** All of a short list; the first ones of a long list and how many more there are. */
    static String some(List<String> names) {
        return names.size() <= SHOWN + 1
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    /** {@code 1 namespace}, {@code 2 namespaces}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
