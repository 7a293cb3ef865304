package io.jenkins.plugins.argopreflight.engine.preflight;

import java.util.List;
import java.util.Optional;

/**
 * The options that decide about the result of a preflight: parameters of a step, settings of Jenkins and folders, and
 * options of the command line.
 *
 * @param failOn the least outcome with which the preflight fails; empty for that of the level above
 * @param unstableOn the least outcome with which a build is unstable; empty for that of the level above. If no level
 *     sets it, a build is unstable only if something requested could not be checked
 * @param newOnly whether only findings count that an earlier report does not have
 * @param ignores the suppressions
 */
public record GateOptions(
        Optional<Gate> failOn, Optional<Gate> unstableOn, boolean newOnly, List<Suppression> ignores) {

    /** The options if nothing is set. */
    public static final GateOptions DEFAULT = new GateOptions(Optional.empty(), Optional.empty(), List.of());

    /** Creates options for which findings also count that an earlier report has. */
    public GateOptions(Optional<Gate> failOn, Optional<Gate> unstableOn, List<Suppression> ignores) {
        this(failOn, unstableOn, /* newOnly= */ false, ignores);
    }

    public GateOptions {
        ignores = List.copyOf(ignores);
    }

    /** Returns these options, with which only findings count that an earlier report does not have. */
    public GateOptions countingOnlyNew() {
        return new GateOptions(failOn, unstableOn, /* newOnly= */ true, ignores);
    }

    /** Returns the gate of the preflight: {@code failOn}, or FAIL if no level sets it. */
    public Gate gate() {
        return failOn.orElse(Gate.FAIL);
    }

    /** Returns the gate before the comparison with an earlier report: NEVER if only new findings count. */
    Gate gateBeforeComparison() {
        return newOnly ? Gate.NEVER : gate();
    }
}
