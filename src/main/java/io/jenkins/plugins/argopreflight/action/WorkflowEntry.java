package io.jenkins.plugins.argopreflight.action;

import hudson.Util;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import java.util.Set;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The part of build.xml about one workflow that a step followed or diagnosed. */
@ExportedBean
public final class WorkflowEntry {

    /** The phase of a workflow that was deleted before it ended. Argo has no such phase. */
    public static final String DELETED = "Deleted";

    private static final Set<String> FAILED = Set.of("Failed", "Error", DELETED);

    private final String id;
    private final String owner;
    private final String step;
    private final String workflow;
    private final String phase;
    private final int causes;
    /** The first cause; null in builds of an earlier version. */
    private final String cause;
    /** The id of the step's node in the Pipeline; null in builds of an earlier version. */
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

    /** Returns the id of the step's node in the Pipeline; "" if it is not known. */
    String flowNode() {
        return Util.fixNull(flowNode);
    }

    /** Returns whether the step with this id recorded the entry. A later record of the same step replaces it. */
    boolean isOwnedBy(String stepId) {
        return owner.equals(stepId);
    }

    /** Returns whether the phase and the causes are the same. */
    boolean isSameState(WorkflowEntry other) {
        return phase.equals(other.phase) && causes == other.causes && getCause().equals(other.getCause());
    }

    /** Returns the name of the step in the Jenkinsfile. */
    @Exported
    public String getStep() {
        return step;
    }

    /** Returns the namespace and the name of the workflow. */
    @Exported
    public String getWorkflow() {
        return workflow;
    }

    @Exported
    public String getPhase() {
        return phase;
    }

    /** Returns the number of causes. */
    @Exported
    public int getCauses() {
        return causes;
    }

    /** Returns the title of the first cause, or the message of the node that failed first; "" if neither is known. */
    @Exported
    public String getCause() {
        return Util.fixNull(cause);
    }

    /** Returns the id of the page's element that shows the cause. */
    public String anchor() {
        return "ap-cause-" + id;
    }

    /** Returns whether the workflow failed, was deleted, or has a cause that blocks it. */
    boolean isWrong() {
        return isFailed() || causes > 0 && !phase.equals("Succeeded");
    }

    boolean isFailed() {
        return FAILED.contains(phase);
    }
}
