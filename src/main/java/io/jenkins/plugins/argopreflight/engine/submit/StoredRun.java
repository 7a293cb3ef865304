package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored state of a run, from before its workflow is created until its build has ended. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StoredRun {

    /** The name of the build that submitted the workflow: {@code folder/job#7}. */
    public String build = "";

    /** The parameters of the step that choose the cluster. */
    public Map<String, String> cluster = new LinkedHashMap<>();

    /** The fate of the workflow if its build ends first: stop, terminate or leave. */
    public String onAbort = "stop";

    /**
     * The reason why the step was aborted: the message with which the step fails, or {@code interrupted} if the build
     * was aborted or a step around it ended it; "" if the step was not aborted.
     */
    public String aborted = "";

    /** The time when the run was stored first, in seconds since 1970 (UTC). */
    public long created;

    /** The workflow to create; null once it was created. */
    public @Nullable ObjectNode draft;

    /** True if the step has ended although the workflow is not known to have ended. The build possibly goes on. */
    public boolean ended;

    /**
     * The outcome of its step; null while the step goes on. If a step with an outcome is resumed, the process was
     * killed before the build received it.
     */
    public @Nullable Outcome outcome;

    /** True if the workflow has the name of its manifest; false if its name was generated from a generateName. */
    public boolean fixedName;

    public RunRecord record = new RunRecord();

    /** The outcome of a step. If the step was aborted, it fails with the reason in {@link #aborted} instead. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public static final class Outcome {

        /** The value that the step returns, as maps, lists, texts and numbers; null if it failed. */
        public @Nullable Map<String, Object> result;

        /** The reason why it failed, in a sentence. */
        public String failure = "";

        /** The reason why the build is unstable, in a sentence; "" if it is not. */
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
