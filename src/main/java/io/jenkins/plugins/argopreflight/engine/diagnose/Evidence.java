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

    /** A line of a container's log. */
    public static Evidence ofLog(String object, String container, String line) {
        return new Evidence(object, LOG + container, line, "", 1);
    }

    /** Returns whether the text is a line of a container's log; all lines of one log have the same object and field. */
    @JsonIgnore
    public boolean isLog() {
        return field.startsWith(LOG);
    }
}
