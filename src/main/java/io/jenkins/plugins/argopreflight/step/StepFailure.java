package io.jenkins.plugins.argopreflight.step;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import java.util.Optional;

/** The one sentence with which a step ends after a failure that has none itself. */
final class StepFailure {

    private StepFailure() {}

    /** Empty for what ends the step as it is: an interruption, and an error whose message is the sentence. */
    static Optional<String> sentence(Throwable failure) {
        if (failure instanceof ClusterException cluster) {
            return Optional.of(cluster.getMessage());
        }
        if (failure instanceof OutOfMemoryError) {
            return Optional.of(
                    "The step ended because Jenkins ran out of memory; give Jenkins a larger heap, or set lower"
                            + " limits of a run (Manage Jenkins, System, Argo Preflight).");
        }
        if (failure instanceof RuntimeException || failure instanceof Error) {
            // By its class only: a message might quote a secret.
            return Optional.of("The step ended with an internal error ("
                    + failure.getClass().getSimpleName() + "); the log of Jenkins has the details, please report it.");
        }
        return Optional.empty();
    }
}
