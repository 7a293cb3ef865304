package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.List;

/**
 * A cause, and the values that its title does not show in full. Two causes can have the same title, and differ in such a
 * value.
 *
 * @param titleValues the values in the title if it was shortened, else empty
 */
record IdentifiedCause(Cause cause, List<String> titleValues) {

    IdentifiedCause withNodes(List<String> nodes) {
        return new IdentifiedCause(cause.withNodes(nodes), titleValues);
    }

    IdentifiedCause withEvidence(List<Evidence> evidence) {
        return new IdentifiedCause(cause.withEvidence(evidence), titleValues);
    }
}
