package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How a failure ends a step: with one sentence, in which nothing hides. */
public final class StepFailure {

    private static final Logger LOGGER = Logger.getLogger(StepFailure.class.getName());

    private StepFailure() {}

    /** What the step ends with: the failure itself, or a sentence in its place, after which the log has the details. */
    public static Throwable presentable(Throwable failure) {
        Optional<String> sentence = sentence(failure);
        if (sentence.isEmpty()) {
            return visible(failure);
        }
        if (!(failure instanceof ClusterException cluster) || cluster.kind() != ClusterException.Kind.INTERRUPTED) {
            LOGGER.log(Level.WARNING, sentence.get(), failure);
        }
        return visible(new AbortException(sentence.get()));
    }

    /** A sentence can quote a server, and names options of the command line: the build's log shows neither. */
    private static Throwable visible(Throwable failure) {
        String message = failure.getMessage();
        if (!(failure instanceof AbortException) || message == null) {
            return failure;
        }
        String shown = Visible.log(Option.inStep(message));
        return shown.equals(message) ? failure : new AbortException(shown);
    }

    /** Empty for what ends the step as it is: an interruption, and an error whose message is the sentence. */
    static Optional<String> sentence(Throwable failure) {
        if (failure instanceof ClusterException cluster) {
            return Optional.of(Visible.sentence(cluster.getMessage()));
        }
        if (failure instanceof OutOfMemoryError) {
            return Optional.of(Messages.StepFailure_memory());
        }
        if (failure instanceof RuntimeException || failure instanceof Error) {
            // By its class only: a message might quote a secret.
            return Optional.of(Messages.StepFailure_internal(failure.getClass().getSimpleName()));
        }
        return Optional.empty();
    }
}
