package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A preflight as the first part of another step: the same report, gates and page as the step {@code argoPreflight}. */
public final class PreflightGate {

    private final PreflightWork work;

    /**
     * @param step what {@code argoPreflight} would be given
     * @param parameters values that the submission gives to the workflow's parameters
     * @param owner the same for one run of the step, also after a restart
     */
    public PreflightGate(PreflightStep step, Map<String, String> parameters, String owner, StepContext context)
            throws IOException, InterruptedException {
        work = new PreflightWork(new PreflightOrder(step, parameters), owner, context);
    }

    /**
     * Checks, and puts the report on the build's page.
     *
     * @throws hudson.AbortException when the gate fails
     */
    public Map<String, Object> pass() throws IOException, InterruptedException {
        return work.keep(work.look());
    }

    /** The manifests in the workspace. */
    public List<Document> documents() throws IOException, InterruptedException {
        return work.documents();
    }
}
