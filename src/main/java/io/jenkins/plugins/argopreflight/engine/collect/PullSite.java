package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Controller;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a pod that names an image, and who asks for it there.
 *
 * @param container the container's name; for an image volume {@code volume NAME}
 * @param path the image's field in the pod
 * @param lookUp whether it is the controller that asks, for the image's command
 */
record PullSite(WorkflowFacts workflow, ArgoPod pod, String container, String path, String image, boolean lookUp) {

    /** Argo's own containers whose command the controller looks up (artifactContainer in workflowpod.go). */
    private static final String ARTIFACT_PLUGIN = "artifact-plugin-";

    /** All places of a workflow's pods, in the order in which they stand there. */
    static List<PullSite> of(WorkflowFacts workflow, Controller controller) {
        List<PullSite> sites = new ArrayList<>();
        for (ArgoPod pod : workflow.pods()) {
            for (String list : List.of("initContainers", "containers")) {
                for (JsonNode container : pod.spec().path(list)) {
                    String name = Objects.text(container, "name");
                    String path = FieldPath.field("spec." + list + "[" + name + "]", "image");
                    String image = Objects.text(container, "image");
                    if (asks(pod, name) && controller.image(image).isEmpty()) {
                        sites.add(new PullSite(workflow, pod, name, path, image, true));
                    }
                    sites.add(new PullSite(workflow, pod, name, path, image, false));
                }
            }
            for (JsonNode volume : pod.spec().path("volumes")) {
                if (volume.has("image")) {
                    String name = Objects.text(volume, "name");
                    String path = "spec.volumes[" + name + "].image.reference";
                    String image = Objects.text(volume, "image", "reference");
                    sites.add(new PullSite(workflow, pod, "volume " + name, path, image, false));
                }
            }
        }
        return sites;
    }

    private static boolean asks(ArgoPod pod, String container) {
        return pod.lookUps().contains(container)
                || pod.kind() == ArgoPod.Kind.WORKLOAD && container.startsWith(ARTIFACT_PLUGIN);
    }

    String namespace() {
        return workflow.namespace();
    }

    boolean isUnresolved() {
        return image.contains("{{");
    }
}
