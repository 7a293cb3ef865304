package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run as it is stored before its workflow is created, until it has ended. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StoredRun {

    /** The build that submitted it, as Jenkins names it: {@code folder/job#7}. */
    public String build = "";

    /** Which cluster, as the step's parameters say it. */
    public Map<String, String> cluster = new LinkedHashMap<>();

    /** What happens to the workflow when its build ends before it: stop, terminate or leave. */
    public String onAbort = "stop";

    /** Why its step was aborted: the sentence that it ends with, or that of an interruption; "" when it was not. */
    public String aborted = "";

    /** When it was stored first, in seconds since 1970. */
    public long created;

    /** The workflow to create; null once it was created. */
    public ObjectNode draft;

    /** Whether its step has ended, while its build can go on, and its workflow is not known to have ended. */
    public boolean ended;

    public boolean fixedName;
    public RunRecord record = new RunRecord();
}
