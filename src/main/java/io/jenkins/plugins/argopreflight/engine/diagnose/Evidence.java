package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An observation, quoted as it was read: visible characters only, and limited in length.
 *
 * @param object the object, such as {@code Pod ci/build-x7k2p}
 * @param field the field, such as {@code status.containerStatuses[main].state.waiting}, {@code event FailedMount},
 *     {@code log}
 * @param text the quoted text
 * @param time the time of the last observation (ISO 8601); {@code ""} if it is unknown
 * @param count the number of observations; 1 unless an event or several equal nodes report more
 */
public record Evidence(String object, String field, String text, String time, long count) {

    private static final String LOG = "log of container ";
    private static final String POSSIBLE = "a possible cause: ";

    /** Returns the evidence for a line of a container's log. */
    public static Evidence ofLog(String object, String container, String line) {
        return new Evidence(object, LOG + container, line, "", 1);
    }

    /**
     * Returns the evidence that a finding of the preflight is a possible reason why a node or the workflow does not
     * continue.
     */
    public static Evidence ofPossible(String check, String object) {
        return new Evidence(
                "preflight",
                check,
                POSSIBLE + object + " does not go on, and no message, event or log says why",
                "",
                1);
    }

    /** Returns whether the cause is only possible. */
    @JsonIgnore
    public boolean isPossible() {
        return text.startsWith(POSSIBLE);
    }

    /** Returns whether the text is a line of a container's log; all lines of one log have the same object and field. */
    @JsonIgnore
    public boolean isLog() {
        return field.startsWith(LOG);
    }
}
