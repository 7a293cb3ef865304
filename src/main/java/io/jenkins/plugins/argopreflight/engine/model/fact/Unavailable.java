package io.jenkins.plugins.argopreflight.engine.model.fact;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Optional;

/**
 * A fact that could not be checked: never a verdict.
 *
 * @param source the source, if it is the whole source that is unavailable; empty for a single fact
 * @param fact such as {@code pods in namespace ci}
 * @param reason the reason, in a sentence
 * @param missingRight the right that was missing, if that is the reason; the sentence of the reason contains it
 * @param asked whether the user requested the fact; the absence of any other fact does not change the result
 */
public record Unavailable(
        Optional<Source> source, String fact, String reason, Optional<Right> missingRight, boolean asked) {

    /** A source of facts. Reports have its name as the fact if the whole source is unavailable. */
    public enum Source {
        /** The API server: it answered no request, or no request was sent. */
        CLUSTER("the cluster"),
        /** The registries: none was asked. */
        REGISTRIES("the registries");

        private final String fact;

        Source(String fact) {
            this.fact = fact;
        }

        @Override
        public String toString() {
            return fact;
        }
    }

    /** Returns a source that is unavailable as a whole. */
    public static Unavailable of(Source source, String reason, boolean asked) {
        return new Unavailable(Optional.of(source), source.toString(), reason, Optional.empty(), asked);
    }

    /** Returns whether the whole source is unavailable. */
    public boolean isOf(Source whole) {
        return source.filter(whole::equals).isPresent();
    }

    /** Returns a fact that the user requested. */
    public static Unavailable requested(String fact, String reason, Optional<Right> missingRight) {
        boolean asked = true;
        return new Unavailable(Optional.empty(), fact, reason, missingRight, asked);
    }

    /** Returns a fact whose absence does not change the result. */
    public static Unavailable optional(String fact, String reason, Optional<Right> missingRight) {
        boolean asked = false;
        return new Unavailable(Optional.empty(), fact, reason, missingRight, asked);
    }
}
