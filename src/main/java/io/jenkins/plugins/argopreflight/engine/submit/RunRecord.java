package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The stored state of a run, so that it goes on after a restart: the workflow, what was reported of it, and the
 * position in its logs. It is changed in place, with its lock held.
 */
public final class RunRecord {

    /** The random id of the submission, which the workflow has as a label. */
    public String id = "";

    public String namespace = "";
    public String name = "";
    /** The uid of the workflow; "" until it is known to exist. */
    public String uid = "";
    /** The strategy with which this run shut the workflow down; "" for none. */
    public String shutdown = "";
    /** The user or program that shut it down, as the subject of a sentence; "" for none. */
    public String stoppedBy = "";
    /** The number of lines on nodes that were written. */
    public int lines;
    /** The number of characters of logs that were written. */
    public long logBytes;

    /** The length in bytes of the build's log when this record was stored. What follows there is not in the record. */
    public long logLength;

    /** The beginning of the lines of each node whose logs are read, by the node's id. */
    public Map<String, String> labels = new LinkedHashMap<>();

    /** The phase that was last reported of each node, by the node's id. */
    public Map<String, String> nodes = new LinkedHashMap<>();

    /** The position in each log as {@link LogCursor} writes it. */
    public Map<LogName, String> logs = new LinkedHashMap<>();

    /** The name of a log, which is stored as {@code POD/CONTAINER}. */
    public record LogName(String pod, String container) {

        /** Reads a stored name; the name of a pod contains no slash. */
        @JsonCreator
        static LogName of(String stored) {
            int slash = stored.indexOf('/');
            return new LogName(stored.substring(0, Math.max(0, slash)), stored.substring(slash + 1));
        }

        @Override
        @JsonValue
        public String toString() {
            return pod + "/" + container;
        }
    }

    /** The name of the workflow in a text, with its namespace. */
    public String workflow() {
        return namespace + "/" + name;
    }
}
