package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;

/** Says what an error of the API server means for a sync, and what to do. */
final class Failure {

    private Failure() {}

    /** The server's words, and whether the write may have gone through after all. */
    static String text(ClusterException failure) {
        return failure.getMessage()
                + (failure.kind().maybeApplied() ? "; whether the server carried it out is not known" : "")
                + remedy(failure);
    }

    static String remedy(ClusterException failure) {
        return switch (failure.kind()) {
            case FORBIDDEN ->
                isTerminating(failure)
                        ? ". The namespace is Terminating: leave it out, or wait until it is gone and make it anew"
                        : "";
            case NOT_FOUND ->
                failure.getMessage().contains("namespaces")
                        ? ". Make it with kubectl create namespace, or leave it out"
                        : "";
            case CONFLICT -> ". Others change it all the time: run it again";
            default -> "";
        };
    }

    /** Whether the namespace is not there or about to go: nothing can be written in it. */
    static boolean isNotHere(ClusterException failure) {
        return isTerminating(failure)
                || failure.kind() == Kind.NOT_FOUND && failure.getMessage().contains("namespaces");
    }

    /** An interruption ends the namespace's work at once, whatever is left of it. */
    static void throwInterruption(ClusterException failure) {
        if (failure.kind() == Kind.INTERRUPTED) {
            throw failure;
        }
    }

    /** What the blind mode means for a request, as a note. */
    static String blind(SyncRequest request, String namespace) {
        String lost = request.options().adopt() ? "; registries that others put there, if any, are lost" : "";
        return "blind: we may not get secrets in namespace " + namespace + ", so "
                + switch (request.mode()) {
                    case APPLY -> "the Secret is written unseen" + lost;
                    case UNBIND -> "whose Secret it is was not looked at";
                    case DELETE -> "the Secret is deleted whosever it is";
                };
    }

    static String blindlyThere(String secret, String namespace) {
        return "Secret " + secret + " exists in namespace " + namespace + " and we may not get it, so we cannot tell "
                + "whose it is: grant get on secrets, or replace it unseen with --adopt (what else it holds is lost)";
    }

    private static boolean isTerminating(ClusterException failure) {
        return failure.kind() == Kind.FORBIDDEN && failure.getMessage().contains("being terminated");
    }
}
