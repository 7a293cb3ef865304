package io.jenkins.plugins.argopreflight.action;

import hudson.Util;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What build.xml holds of one workflow that a step followed or diagnosed. */
@ExportedBean
public final class WorkflowEntry {

    /** In place of a phase: someone deleted the workflow before it had ended. */
    public static final String DELETED = "Deleted";

    private static final Set<String> FAILED = Set.of("Failed", "Error", DELETED);

    private final String id;
    private final String owner;
    private final String step;
    private final String workflow;
    private final String phase;
    private final int causes;
    /** Null in builds of an earlier version. */
    private final String cause;
    /** Null in builds of an earlier version. */
    private final String flowNode;

    WorkflowEntry(String id, WorkflowRecord recorded) {
        this.id = id;
        this.owner = recorded.owner();
        this.step = recorded.step();
        this.workflow = recorded.graph().namespace() + "/" + recorded.graph().name();
        this.flowNode = recorded.flowNode();
        this.phase = recorded.graph().phase();
        this.causes = recorded.diagnosis().map(each -> each.causes().size()).orElse(0);
        this.cause = Redacted.text(recorded.server(), cause(recorded));
    }

    private static String cause(WorkflowRecord recorded) {
        return recorded.diagnosis().stream()
                .flatMap(each -> each.causes().stream())
                .findFirst()
                .map(Cause::title)
                .orElseGet(recorded.graph()::failure);
    }

    public String id() {
        return id;
    }

    /** Of the step in its Pipeline; "" when that is not known. */
    String flowNode() {
        return Util.fixNull(flowNode);
    }

    boolean isOwnedBy(String recorder) {
        return owner.equals(recorder);
    }

    boolean isSame(WorkflowEntry other) {
        return phase.equals(other.phase) && causes == other.causes && getCause().equals(other.getCause());
    }

    /** What the Jenkinsfile calls. */
    @Exported
    public String getStep() {
        return step;
    }

    /** Its namespace and name. */
    @Exported
    public String getWorkflow() {
        return workflow;
    }

    @Exported
    public String getPhase() {
        return phase;
    }

    /** How many causes were found. */
    @Exported
    public int getCauses() {
        return causes;
    }

    /** The title of the first cause, or the message with which a failure began; "" for neither. */
    @Exported
    public String getCause() {
        return Util.fixNull(cause);
    }

    /** The id of the element of the page that shows the cause. */
    public String anchor() {
        return "ap-cause-" + id;
    }

    /** Returns whether the workflow failed, was deleted, or does not go on. */
    boolean isWrong() {
        return isFailed() || causes > 0 && !phase.equals("Succeeded");
    }

    boolean isFailed() {
        return FAILED.contains(phase);
    }
}
