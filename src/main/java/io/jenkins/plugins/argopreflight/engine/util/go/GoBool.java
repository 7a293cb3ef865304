package io.jenkins.plugins.argopreflight.engine.util.go;

import java.util.Set;

/** Texts that Go's {@code strconv.ParseBool} reads as booleans. */
public final class GoBool {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private GoBool() {}

    /** Returns whether a text is read as true; false also for a text that is no boolean. */
    public static boolean isTrue(String text) {
        return TRUE.contains(text);
    }
}
