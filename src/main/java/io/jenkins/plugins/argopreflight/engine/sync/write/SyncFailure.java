package io.jenkins.plugins.argopreflight.engine.sync.write;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;

/** The meaning of an error of the API server for a sync, and what to do about it. */
final class SyncFailure {

    private SyncFailure() {}

    /** Returns the server's message, and whether the write can have succeeded in spite of it. */
    static String text(ClusterException failure) {
        return failure.getMessage()
                + (failure.kind().maybeApplied() ? "; whether the server carried it out is not known" : "")
                + remedy(failure);
    }

    /** Returns what to do about the failure, as the end of a sentence; "" if that is not known. */
    static String remedy(ClusterException failure) {
        return switch (failure.kind()) {
            case FORBIDDEN ->
                isTerminating(failure)
                        ? ". The namespace is Terminating: leave it out, or wait until it is removed and create it again"
                        : "";
            case NOT_FOUND ->
                failure.isOfUnknownNamespace() ? ". Make it with kubectl create namespace, or leave it out" : "";
            case CONFLICT -> ". Others change it at the same time: run it again";
            default -> "";
        };
    }

    /** Returns whether the namespace does not exist or is about to be deleted: nothing can be written in it. */
    static boolean isUnusableNamespace(ClusterException failure) {
        return isTerminating(failure) || failure.isOfUnknownNamespace();
    }

    /** Throws an interruption again, which ends the namespace's work at once. */
    static void throwInterruption(ClusterException failure) {
        if (failure.kind() == Kind.INTERRUPTED) {
            throw failure;
        }
    }

    /** Returns the hint for a login that is not allowed to get the Secret: grant the right, or use {@code --adopt}. */
    static String adoptHint(SyncRequest request) {
        return ". Grant the right, or use --adopt to "
                + switch (request.mode()) {
                    case APPLY -> "replace it without reading it (whatever else is in it is lost)";
                    case UNBIND -> "unbind it without reading it";
                    case DELETE -> "delete it without reading it (whatever else is in it is lost)";
                };
    }

    /** Returns the hint for a login without any right in a namespace: its name is probably wrong. */
    static String unknownNamespaceHint(String namespace) {
        return ". There is no right in namespace " + namespace + ": does it exist? ("
                + Shell.inline(Command.kubectl("get", "namespace").with(Operand.namespace(namespace))) + ")";
    }

    /** Returns a note for a request that is carried out without the right to read the Secret. */
    static String blindNote(SyncRequest request, String namespace) {
        return "blind: not allowed to get secrets in namespace " + namespace + ", so "
                + switch (request.mode()) {
                    case APPLY -> "the Secret is written without reading it; other registries in it are lost";
                    case UNBIND -> "the owner of the Secret could not be checked";
                    case DELETE -> "the Secret is deleted without checking its owner; whatever else is in it is lost";
                };
    }

    private static boolean isTerminating(ClusterException failure) {
        return failure.kind() == Kind.FORBIDDEN && failure.getMessage().contains("being terminated");
    }
}
