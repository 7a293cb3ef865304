package io.jenkins.plugins.argopreflight.engine.workflow.model;

import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whose pods are asked for.
 *
 * @param workflow a Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate
 * @param namespace where it will run
 * @param name the workflow's name, or "" when the API server will generate it
 * @param caller who completes the workflow
 * @param parameters values that the submission gives to the workflow's parameters, as {@code argo submit -p} does
 * @param commands entrypoint and cmd of an image, where its configuration is known
 * @param compact of the run, so that equal parts of its pods are one
 */
public record PodRequest(
        Document workflow,
        String namespace,
        String name,
        ClusterObjects objects,
        Controller controller,
        Caller caller,
        Map<String, String> parameters,
        Function<String, Optional<ImageCommand>> commands,
        CompactJson compact) {

    /** The object or submission that gives a template what it lacks. */
    public enum Caller {
        /** The object runs as it is given: what it lacks is missing. */
        GIVEN,
        /** A template is judged on its own, and its caller is not given: what it lacks is the caller's to supply. */
        OPEN
    }

    public PodRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Whether what the workflow lacks is its caller's to supply. */
    public boolean isLibrary() {
        return caller == Caller.OPEN;
    }

    /** A request that knows no image's configuration. */
    public PodRequest(Document workflow, String namespace, String name, ClusterObjects objects, Controller controller) {
        this(
                workflow,
                namespace,
                name,
                objects,
                controller,
                Caller.GIVEN,
                Map.of(),
                image -> Optional.empty(),
                new CompactJson());
    }
}
