package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.check.rules.CapabilityPrefix;
import java.util.List;

/** All checks there are, in the order in which reports tell them. */
public final class Checks {

    private Checks() {}

    public static List<Check> all() {
        return List.of(new CapabilityPrefix());
    }
}
