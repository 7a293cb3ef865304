package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A request for the pods of a workflow.
 *
 * @param workflow a Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate
 * @param namespace namespace in which the workflow will run
 * @param name the workflow's name, or "" if the API server will generate it
 * @param library present for a template that is checked on its own; empty for an object that runs as it is
 * @param parameters values of the submission for the workflow's parameters, as for {@code argo submit -p}
 * @param eventValues texts of the workflow in place of values that the event of a Sensor supplies
 * @param commands returns the entrypoint and cmd of an image, if its configuration is known
 * @param compact the run's JSON copies, which share equal parts of pods
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
     * A template that is checked without a caller. The caller supplies missing parts.
     *
     * @param usedByOthers names of the templates that other checked objects use; they are checked with those objects
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

    /** Returns whether the caller supplies missing parts of the workflow. */
    public boolean hasUnknownCaller() {
        return library.isPresent();
    }

    /** Creates a request that knows no image's configuration. */
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
