package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;

/**
 * An observation, quoted as it was read: visible characters only, and limited in length.
 *
 * @param object the object, such as {@code Pod ci/build-x7k2p}
 * @param field the field, such as {@code status.containerStatuses[main].state.waiting}, {@code event FailedMount},
 *     {@code log}
 * @param text the quoted text
 * @param time the time of the last observation (ISO 8601); {@code ""} if it is unknown
 * @param count the number of observations; 1 unless an event or several equal nodes report more
 * @param kind the kind of the observation, which is not in JSON
 */
public record Evidence(
        String object,
        String field,
        String text,
        String time,
        long count,
        @JsonIgnore Kind kind) {

    /** The kind of an observation. */
    public enum Kind {
        /** A text of the cluster, of Argo or of a finding. */
        TEXT,
        /** A line of a container's log. All lines of one log have the same object and field. */
        LOG_LINE,
        /** A finding of the preflight that is only a possible cause. */
        POSSIBLE_CAUSE
    }

    public Evidence {
        kind = Objects.requireNonNullElse(kind, Kind.TEXT);
    }

    public Evidence(String object, String field, String text, String time, long count) {
        this(object, field, text, time, count, Kind.TEXT);
    }

    /** Returns the evidence for a line of a container's log. */
    public static Evidence ofLog(String object, String container, String line) {
        return new Evidence(object, "log of container " + container, line, "", 1, Kind.LOG_LINE);
    }

    /**
     * Returns the evidence that a finding of the preflight is a possible reason why a node or the workflow does not
     * continue.
     */
    public static Evidence ofPossible(String check, String object) {
        return new Evidence(
                "preflight",
                check,
                "a possible cause: " + object + " does not go on, and no message, event or log says why",
                "",
                1,
                Kind.POSSIBLE_CAUSE);
    }

    /** Returns this evidence as one of another kind. */
    public Evidence ofKind(Kind other) {
        return new Evidence(object, field, text, time, count, other);
    }

    /** Returns whether the cause is only possible. */
    @JsonIgnore
    public boolean isPossible() {
        return kind == Kind.POSSIBLE_CAUSE;
    }

    /** Returns whether the text is a line of a container's log. */
    @JsonIgnore
    public boolean isLog() {
        return kind == Kind.LOG_LINE;
    }
}
