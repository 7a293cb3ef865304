package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that was seen, as it stands there: visible characters only, and bounded.
 *
 * @param object such as {@code Pod ci/build-x7k2p}
 * @param field such as {@code status.containerStatuses[main].state.waiting}, {@code event FailedMount}, {@code log}
 * @param text what it says
 * @param time when it was last seen (ISO 8601); "" when that is not known
 * @param count how often; 1 unless an event or several equal nodes say more
 */
public record Evidence(String object, String field, String text, String time, long count) {

    private static final String LOG = "log of container ";
    private static final String POSSIBLE = "a possible cause: ";

    /** A line of a container's log. */
    public static Evidence ofLog(String object, String container, String line) {
        return new Evidence(object, LOG + container, line, "", 1);
    }

    /** Returns that a finding of the preflight possibly explains why a node or the workflow does not go on. */
    public static Evidence ofPossible(String check, String object) {
        return new Evidence(
                "preflight",
                check,
                POSSIBLE + object + " does not go on, and no message, event or log says why",
                "",
                1);
    }

    /** Returns whether the text says that the cause is only possible. */
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
