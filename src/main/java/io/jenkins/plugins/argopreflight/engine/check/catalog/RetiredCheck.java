package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A check that was removed. Suppressions that name the check stay valid and have no effect.
 *
 * @param id the former id
 * @param fate the reason or the successor, such as {@code it is part of wrong-type now}
 */
public record RetiredCheck(String id, String fate) {

    private static final List<RetiredCheck> ALL = Stream.of(removedChecks(), mergedChecks(), checksReplacedByNotes())
            .flatMap(each -> each)
            .toList();

    private static Stream<RetiredCheck> removedChecks() {
        return Stream.of(
                removed("unquoted-boolean", "wrong-type reports booleans in fields that take text only"),
                removed("lock-held-by-itself", "no known report of a workflow that waits for its own lock"),
                removed("parallelism-held-by-daemon", "only one known report of daemons that take all places"),
                removed("suspend-without-default", "only one known report of an output that is not supplied in time"),
                removed("comparison-of-types", "no known report of a comparison of types"),
                removed("already-completed", "only one known report of a manifest with the status of an earlier run"),
                removed("suspended-workflow", "no known report of a suspend that was left by mistake"),
                removed("claim-held-by-daemon", "no known report of a step that waits for the claim of a daemon"),
                removed("node-held-by-daemon", "no known report of a step that waits for the node of a daemon"),
                removed("mount-at-root", "no known report of a volume at /"),
                removed("file-over-folder", "no known report of a file that is mounted over a folder"),
                removed("relative-working-dir", "the message of the runtime names the cause"),
                removed("empty-dir-medium", "no known report of a pod that hangs because of it"),
                removed("hidden-command", "only one known report that it finds"),
                removed("debug-pause", "no known report of a pause that was left by mistake"),
                removed("read-only-input", "no known report of an input artifact in a read-only volume"),
                removed("read-only-output", "no known report of an output in a read-only volume"),
                removed("output-not-written", "no known report of a script that never writes its output"),
                removed("sub-path-variable", "only one known report of a variable that is not replaced"),
                removed("claim-template-invalid", "claim-template-refused reports what the API server refuses"));
    }

    private static Stream<RetiredCheck> mergedChecks() {
        return Stream.of(
                merged("data-not-text", "wrong-type"),
                merged("object-without-name", "resource-command"),
                merged("quota-held-by-daemon", "quota"),
                merged("resource-condition-value", "resource-condition"),
                merged("spec-not-parsed", "refused-by-argo"),
                merged("version-mismatch", "unknown-field"),
                merged("pod-invalid", "server-verdict"),
                merged("workflow-invalid", "server-verdict"),
                merged("service-account-refused", "server-verdict"));
    }

    private static Stream<RetiredCheck> checksReplacedByNotes() {
        return Stream.of(
                        Note.Kind.APPROXIMATE_PODS,
                        Note.Kind.IMAGE_UNRESOLVED,
                        Note.Kind.NO_DEADLINE,
                        Note.Kind.IGNORE_EXPIRED)
                .map(kind -> new RetiredCheck(Label.of(kind), "it is a note of the report now, and no gate counts it"));
    }

    private static RetiredCheck merged(String id, String successor) {
        return new RetiredCheck(id, "it is a part of " + successor + " now");
    }

    private static RetiredCheck removed(String id, String reason) {
        return new RetiredCheck(id, "it was removed: " + reason);
    }

    /** Returns the removed checks, then the checks merged into another check, then the checks replaced by notes. */
    public static List<RetiredCheck> all() {
        return ALL;
    }

    /** Returns the removed check of this id; empty for other ids. */
    public static Optional<RetiredCheck> of(String id) {
        return ALL.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Returns the check and the reason of its removal, for a message. */
    public String message() {
        return "there is no check " + id + " any more: " + fate;
    }
}
