package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A preflight as the first part of another step: the same report, gates and page as the step {@code argoPreflight}. */
public final class PreflightGate {

    private final PreflightRunner work;

    /**
     * @param step what {@code argoPreflight} would be given
     * @param owner the same for one run of the step, also after a restart
     * @param connector of the other step
     */
    public PreflightGate(PreflightStep step, String owner, StepContext context, ClusterConnector connector)
            throws IOException, InterruptedException {
        work = new PreflightRunner(new PreflightConfig(step), owner, context, connector);
    }

    /**
     * Checks, and puts the report on the build's page.
     *
     * @param judged of the cluster, what is judged in place of the manifests
     * @throws hudson.AbortException when the gate fails
     */
    public Map<String, Object> pass(Judged judged) throws IOException, InterruptedException {
        return work.keep(work.look(judged));
    }

    /** The manifests as the other step will submit them. */
    public interface Judged {
        List<Document> in(StepCluster cluster) throws IOException, InterruptedException;
    }

    /** Values that the submission gives to the workflow's parameters: those of the list over those of the file. */
    public Map<String, String> parameters() throws IOException, InterruptedException {
        return work.parameters();
    }

    /** Whether the step can do without it, which a locked policy does not allow; the build's log says so. */
    public boolean canBeLeftOut() throws IOException, InterruptedException {
        return work.canBeLeftOut();
    }

    /** The manifests in the workspace. */
    public List<Document> documents() throws IOException, InterruptedException {
        return work.documents();
    }
}
