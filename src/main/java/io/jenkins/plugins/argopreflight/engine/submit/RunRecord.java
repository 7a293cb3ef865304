package io.jenkins.plugins.argopreflight.engine.submit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is kept of a run so that it goes on after a restart: which workflow, what of it was reported, and how far its logs
 * were read. It is changed in place, with its lock held.
 */
public final class RunRecord {

    /** The random id of the submission, which the workflow has as a label. */
    public String id = "";

    public String namespace = "";
    public String name = "";
    /** "" until the workflow is known to exist. */
    public String uid = "";
    /** The strategy with which it was shut down by us; "" for none. */
    public String shutdown = "";
    /** The one who shut it down, as the subject of a sentence; "" for none. */
    public String stoppedBy = "";
    /** Lines on nodes that were written. */
    public int lines;
    /** Bytes of logs that were written. */
    public long logBytes;

    /** How long the log was into which this was written, when it was stored: what follows there is not in this record. */
    public long logLength;

    /** For the id of each node whose logs are read, what their lines begin with. */
    public Map<String, String> labels = new LinkedHashMap<>();

    /** The phase that was last reported of each node, by its id. */
    public Map<String, String> nodes = new LinkedHashMap<>();

    /** For {@code POD/CONTAINER} the time of its last line and how many lines had that time: {@code TIME#COUNT}. */
    public Map<String, String> logs = new LinkedHashMap<>();

    /** The workflow in a text: its namespace and its name. */
    public String workflow() {
        return namespace + "/" + name;
    }
}
