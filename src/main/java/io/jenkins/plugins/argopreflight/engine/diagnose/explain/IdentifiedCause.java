package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import java.util.List;

/**
 * A cause and its whole title, by which it differs from another cause with the same shortened title.
 *
 * @param wholeTitle the title before it was shortened; {@code ""} if it was not
 */
record IdentifiedCause(Cause cause, String wholeTitle) {

    IdentifiedCause withNodes(List<String> nodes) {
        return new IdentifiedCause(cause.withNodes(nodes), wholeTitle);
    }

    IdentifiedCause withEvidence(List<Evidence> evidence) {
        return new IdentifiedCause(cause.withEvidence(evidence), wholeTitle);
    }
}
