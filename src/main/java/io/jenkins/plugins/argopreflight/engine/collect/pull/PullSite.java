package io.jenkins.plugins.argopreflight.engine.collect.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a pod with an image, and the consumer that requests the image: the kubelet or the controller.
 *
 * @param container the container's name; for an image volume {@code volume NAME}
 * @param path the image's field in the pod
 * @param assumed the reason why it could not be checked that this image is requested; {@code ""} if it is certain
 */
record PullSite(
        WorkflowFacts workflow,
        ArgoPod pod,
        String container,
        String path,
        String image,
        ImageClient consumer,
        String assumed) {

    /** Returns the images of a workflow's pods in the order of their fields. */
    static List<PullSite> of(WorkflowFacts workflow, Controller controller) {
        List<PullSite> sites = new ArrayList<>();
        for (ArgoPod pod : workflow.pods()) {
            for (String list : List.of("initContainers", "containers")) {
                for (JsonNode container : pod.spec().path(list)) {
                    String name = Json.text(container, "name");
                    String path = FieldPath.field("spec." + list + "[" + name + "]", "image");
                    String image = Json.text(container, "image");
                    if (pod.lookUps().contains(name) && controller.image(image).isEmpty()) {
                        sites.add(new PullSite(
                                workflow, pod, name, path, image, ImageClient.CONTROLLER, settingsAssumed(controller)));
                    }
                    sites.add(new PullSite(
                            workflow,
                            pod,
                            name,
                            path,
                            image,
                            ImageClient.KUBELET,
                            executorImageAssumed(controller, pod, path, image)));
                }
            }
            for (JsonNode volume : pod.spec().path("volumes")) {
                if (volume.has("image")) {
                    String name = Json.text(volume, "name");
                    String path = "spec.volumes[" + name + "].image.reference";
                    String image = Json.text(volume, "image", "reference");
                    sites.add(new PullSite(
                            workflow,
                            pod,
                            "volume " + name,
                            path,
                            image,
                            ImageClient.KUBELET,
                            executorImageAssumed(controller, pod, path, image)));
                }
            }
        }
        return sites;
    }

    /**
     * Returns the reason why the controller's ConfigMap, which can list commands of images, could not be checked;
     * {@code ""} if it is known.
     */
    private static String settingsAssumed(Controller controller) {
        String reason = controller.assumed().settings();
        return reason.isEmpty()
                ? ""
                : "could not check whether the controller's ConfigMap lists the image under images (" + reason + ")";
    }

    private static String executorImageAssumed(Controller controller, ArgoPod pod, String path, String image) {
        String reason = controller.assumed().executorImage();
        return reason.isEmpty() || !controller.putsExecutorImage(pod, path, image)
                ? ""
                : "could not check whether the controller uses it, the default executor image of Argo "
                        + controller.version() + " (" + reason + ")";
    }

    String namespace() {
        return workflow.namespace();
    }

    boolean isLookUp() {
        return consumer == ImageClient.CONTROLLER;
    }

    /** Returns the ServiceAccount whose pull Secrets can be used. */
    String account() {
        return isLookUp() ? pod.lookUpAccount() : Json.text(pod.spec(), "serviceAccountName");
    }

    PullQuestion question(Fact<Optional<Document>> account) {
        PullSecretList inEffect = isLookUp() ? PodSecrets.lookUp(pod, account) : PodSecrets.kubelet(pod, account);
        return new PullQuestion(namespace(), image, consumer, inEffect, assumed);
    }

    PodPull answered(Pull pull) {
        return new PodPull(workflow, pod, container, path, pull);
    }
}
