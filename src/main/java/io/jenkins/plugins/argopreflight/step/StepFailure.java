package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The presentation of a failure that ends a step: one sentence without invisible characters. */
public final class StepFailure {

    private static final Logger LOGGER = Logger.getLogger(StepFailure.class.getName());

    private final Throwable throwable;
    private final boolean namesStep;

    private StepFailure(Throwable throwable, boolean namesStep) {
        this.throwable = throwable;
        this.namesStep = namesStep;
    }

    /** Returns the presentation of a failure. */
    public static StepFailure of(Throwable failure) {
        return new StepFailure(presentable(failure), failure instanceof StepUsageException);
    }

    /** The failure with which the step ends. */
    public Throwable throwable() {
        return throwable;
    }

    /**
     * Returns the beginning of a line with the message for a reader who does not see the step: the name of the step,
     * unless the message begins with it.
     *
     * @param function the name of the step in a Jenkinsfile
     */
    String prefix(String function) {
        return namesStep ? "" : function + ": ";
    }

    /**
     * Returns the failure with which the step ends: the failure itself, or one sentence instead, whose details are in
     * Jenkins' log.
     */
    public static Throwable presentable(Throwable failure) {
        if (failure instanceof StepUsageException) {
            return visible(new AbortException(failure.getMessage()));
        }
        Optional<String> sentence = sentence(failure);
        if (sentence.isEmpty()) {
            return visible(failure);
        }
        if (!(failure instanceof ClusterException cluster) || cluster.kind() != ClusterException.Kind.INTERRUPTED) {
            LOGGER.log(Level.WARNING, sentence.get(), failure);
        }
        return visible(new AbortException(sentence.get()));
    }

    /**
     * Returns the failure with a message for the build's log: without invisible characters that a server could send,
     * and with parameters of steps instead of options.
     */
    private static Throwable visible(Throwable failure) {
        String message = failure.getMessage();
        if (!(failure instanceof AbortException) || message == null) {
            return failure;
        }
        String shown = Visible.log(Option.inStep(message));
        return shown.equals(message) ? failure : new AbortException(shown);
    }

    /**
     * Returns the sentence for a failure; empty for an interruption, and for an error whose message is the sentence.
     */
    static Optional<String> sentence(Throwable failure) {
        if (failure instanceof ClusterException cluster) {
            return Optional.of(Visible.sentence(cluster.getMessage()));
        }
        if (failure instanceof OutOfMemoryError) {
            return Optional.of(Messages.StepFailure_memory());
        }
        if (failure instanceof RuntimeException || failure instanceof Error) {
            // The sentence has only the class, since the message could contain a secret.
            return Optional.of(Messages.StepFailure_internal(failure.getClass().getSimpleName()));
        }
        return Optional.empty();
    }
}
