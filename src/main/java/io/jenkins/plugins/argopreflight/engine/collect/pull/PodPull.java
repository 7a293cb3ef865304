package io.jenkins.plugins.argopreflight.engine.collect.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.OtherMeans;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Optional;

/**
 * One image that one consumer will ask a registry for, because of one container of one pod.
 *
 * @param workflow whose pod it is
 * @param container the container's name; for an image volume {@code volume NAME}
 * @param path the image's field in the pod, such as {@code spec.containers[main].image}
 * @param pull who pulls, with what, and what the registry answers
 */
public record PodPull(WorkflowFacts workflow, ArgoPod pod, String container, String path, Pull pull) {

    private static final String VOLUME = "volume ";

    /** The same where the consumer can do without the pull Secrets, or perhaps can. */
    PodPull by(OtherMeans other, Verdict verdict, String sentence) {
        return new PodPull(workflow, pod, container, path, pull.by(other, verdict, sentence));
    }

    /** Whether it is the controller that looks the command up, and not the kubelet that pulls. */
    public boolean isLookUp() {
        return pull.consumer() == Consumer.CONTROLLER;
    }

    /** The imagePullPolicy of the container or volume in the pod, or in the pod as the server stores it; "" for none. */
    String policy(JsonNode spec) {
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode each : spec.path(list)) {
                if (each.path("name").asText("").equals(container) && path.startsWith("spec." + list + "[")) {
                    return each.path("imagePullPolicy").asText("");
                }
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if ((VOLUME + volume.path("name").asText("")).equals(container)) {
                return volume.path("image").path("pullPolicy").asText("");
            }
        }
        return "";
    }

    /** The imagePullPolicy that is written; "" for none. */
    public String policy() {
        for (String list : List.of("initContainers", "containers")) {
            if (path.startsWith("spec." + list + "[")) {
                return FrozenJson.named(pod.spec().path(list), container)
                        .path("imagePullPolicy")
                        .asText("");
            }
        }
        return container.startsWith(VOLUME)
                ? FrozenJson.named(pod.spec().path("volumes"), container.substring(VOLUME.length()))
                        .path("image")
                        .path("pullPolicy")
                        .asText("")
                : "";
    }

    /** Returns whether a template's caller supplies the image's name, a part of it, or the pod's ServiceAccount. */
    public boolean isOfCaller() {
        return pod.unresolved().stream()
                        .anyMatch(value -> value.isOfCaller() && value.path().equals(path))
                || pod.isOfCaller(pod.spec().path("serviceAccountName").asText(""));
    }

    /** Whether the image's name hangs on a value that is not known before the workflow runs. */
    public Optional<String> unresolved() {
        return pod.unresolved().stream()
                .filter(value -> value.path().equals(path))
                .map(value -> value.variable() + ": " + value.reason())
                .findFirst();
    }
}
