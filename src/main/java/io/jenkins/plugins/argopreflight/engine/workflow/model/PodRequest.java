package io.jenkins.plugins.argopreflight.engine.workflow.model;

import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whose pods are asked for.
 *
 * @param workflow a Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate
 * @param namespace where it will run
 * @param name the workflow's name, or "" when the API server will generate it
 * @param library present for a template that is judged on its own; empty for an object that runs as it is given
 * @param parameters values that the submission gives to the workflow's parameters, as {@code argo submit -p} does
 * @param eventValues texts of the workflow that stand for values which come with the event of a Sensor
 * @param commands entrypoint and cmd of an image, where its configuration is known
 * @param compact of the run, so that equal parts of its pods are one
 */
public record PodRequest(
        Document workflow,
        String namespace,
        String name,
        ClusterObjects objects,
        Controller controller,
        Optional<Library> library,
        Map<String, String> parameters,
        Set<String> eventValues,
        Function<String, Optional<ImageCommand>> commands,
        CompactJson compact) {

    /**
     * A template whose caller is not given: what it lacks is the caller's to supply.
     *
     * @param usedByOthers names of its templates that other given objects use, and that are judged there
     */
    public record Library(Set<String> usedByOthers) {

        public Library {
            usedByOthers = Set.copyOf(usedByOthers);
        }
    }

    public PodRequest {
        parameters = Map.copyOf(parameters);
        eventValues = Set.copyOf(eventValues);
    }

    /** Returns whether what the workflow lacks is its caller's to supply. */
    public boolean isLibrary() {
        return library.isPresent();
    }

    /** A request that knows no image's configuration. */
    public PodRequest(Document workflow, String namespace, String name, ClusterObjects objects, Controller controller) {
        this(
                workflow,
                namespace,
                name,
                objects,
                controller,
                Optional.empty(),
                Map.of(),
                Set.of(),
                image -> Optional.empty(),
                new CompactJson());
    }
}
