package io.jenkins.plugins.argopreflight.engine.check;

import java.util.List;
import java.util.stream.Collectors;

/** A list of names in a sentence: the first names, and the number of further ones. */
public final class Listing {

    private static final int MAX_SHOWN_NAMES = 5;

    private Listing() {}

    /** Returns the names, separated by commas. */
    public static String of(List<String> names) {
        if (names.size() == 1) {
            return names.get(0);
        }
        String more = names.size() > MAX_SHOWN_NAMES ? " and " + (names.size() - MAX_SHOWN_NAMES) + " more" : "";
        return names.stream().limit(MAX_SHOWN_NAMES).collect(Collectors.joining(", ")) + more;
    }
}
