package io.jenkins.plugins.argopreflight.engine.check;

import java.util.List;
import java.util.stream.Collectors;

/** Names in a sentence: the first ones, and how many more there are. */
public final class Listing {

    private static final int SHOWN = 5;

    private Listing() {}

    public static String of(List<String> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
        return all.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }
}
