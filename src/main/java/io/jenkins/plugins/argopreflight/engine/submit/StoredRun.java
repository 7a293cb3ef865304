package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as it is stored before its workflow is created, until its build has ended. */
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
    public @Nullable ObjectNode draft;

    /** Whether its step has ended, while its build can go on, and its workflow is not known to have ended. */
    public boolean ended;

    /** What its step ended with; null while it goes on. A step that is resumed has been killed before its build knew. */
    public @Nullable Outcome outcome;

    public boolean fixedName;
    public RunRecord record = new RunRecord();

    /** How a step ended, where {@link #aborted} does not say it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public static final class Outcome {

        /** What the step returns, as maps, lists, texts and numbers; null when it failed. */
        public @Nullable Map<String, Object> result;

        /** Why it failed, in a sentence. */
        public String failure = "";

        /** Why the build is unstable, in a sentence; "" when it is not. */
        public String unstable = "";

        public static Outcome success(Map<String, Object> result) {
            return unstable(result, "");
        }

        public static Outcome unstable(Map<String, Object> result, String why) {
            Outcome outcome = new Outcome();
            outcome.result = result;
            outcome.unstable = why;
            return outcome;
        }

        public static Outcome failure(String sentence) {
            Outcome outcome = new Outcome();
            outcome.failure = sentence;
            return outcome;
        }
    }
}
