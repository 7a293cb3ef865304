package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.GoDuration;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Duration;

/** The names, labels and annotations of pods; source: workflowpod.go. */
final class Metadata {

    static final String GROUP = "workflows.argoproj.io/";

    /** Argo's default of the setting podGCDeleteDelayDuration. */
    private static final Duration DELETE_DELAY = Duration.ofSeconds(5);

    private Metadata() {}

    /** Sets the name, labels and annotations of the pod of a template. */
    static void setOfWorkload(Simulation run, PodDraft draft, TemplateCall call, String podName, String nodeId) {
        ObjectNode metadata = setCommon(run, draft, podName);
        ObjectNode annotations = Json.objectOf(metadata, "annotations");
        annotations.put(GROUP + "node-name", call.nodeName());
        annotations.put(GROUP + "node-id", nodeId);
        if (run.version.has(Behaviour.TRACE)) {
            annotations.put(GROUP + "trace-id", run.unknowns.mark("trace", "the controller makes it up"));
            annotations.put(GROUP + "span-id", run.unknowns.mark("span", "the controller makes it up"));
        }
        if (call.onExit()) {
            Json.objectOf(metadata, "labels").put(GROUP + "on-exit", "true");
        }
        if ("true".equals(run.controller().flags().environment().get("ARGO_POD_STATUS_CAPTURE_FINALIZER"))) {
            metadata.putArray("finalizers").add(GROUP + "status");
        }
    }

    /** Sets the name, labels and annotations that all pods of a workflow have, and returns the metadata. */
    static ObjectNode setCommon(Simulation run, PodDraft draft, String podName) {
        ObjectNode metadata = draft.metadata();
        metadata.put("name", podName);
        metadata.put("namespace", run.request.namespace());
        ObjectNode labels = metadata.putObject("labels");
        labels.put(GROUP + "workflow", run.workflowName);
        labels.put(GROUP + "completed", "false");
        metadata.putObject("annotations");
        if (!run.controller().instanceId().isEmpty()) {
            labels.put(GROUP + "controller-instanceid", run.controller().instanceId());
        }
        return metadata;
    }

    /** Sets the container that kubectl shows by default, and the annotation about the pod's deletion. */
    static void setDefaultContainer(Simulation run, PodDraft draft) {
        ObjectNode annotations = Json.objectOf(draft.metadata(), "annotations");
        JsonNode last = draft.containers().get(draft.containers().size() - 1);
        String name = draft.container("main").isPresent() ? "main" : Json.text(last, "name");
        annotations.put("kubectl.kubernetes.io/default-container", name);
        JsonNode gc = run.spec().path("podGC");
        if (gc.isObject() && run.version.has(Behaviour.POD_GC_ANNOTATION)) {
            Duration delay = GoDuration.parse(Json.text(gc, "deleteDelayDuration"))
                    .or(() -> GoDuration.parse(Json.text(run.controller().setting("podGCDeleteDelayDuration"))))
                    .orElse(DELETE_DELAY);
            annotations.put(GROUP + "pod-gc-strategy", Json.text(gc, "strategy") + "/" + GoDuration.format(delay));
        }
    }

    /** Adds the labels and annotations of the workflow's podMetadata, then those of the template. */
    static void addPodMetadata(Simulation run, PodDraft draft, JsonNode template) {
        for (String field : new String[] {"labels", "annotations"}) {
            ObjectNode values = Json.objectOf(draft.metadata(), field);
            for (JsonNode source : new JsonNode[] {run.spec().path("podMetadata"), template.path("metadata")}) {
                source.path(field).properties().forEach(each -> values.set(each.getKey(), each.getValue()));
            }
        }
    }
}
