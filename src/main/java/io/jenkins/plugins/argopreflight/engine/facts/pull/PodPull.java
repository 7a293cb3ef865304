package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;

/**
 * An image that the kubelet or Argo's controller requests from a registry, for one container or volume of a pod.
 *
 * @param workflow the workflow of the pod
 * @param holder the container or volume
 * @param pull the consumer, its credentials and the registry's answer
 */
public record PodPull(WorkflowFacts workflow, ArgoPod pod, ImageHolder holder, Pull pull) {

    PodPull with(Pull otherPull) {
        return new PodPull(workflow, pod, holder, otherPull);
    }

    /** Returns the container's name; for an image volume {@code volume NAME}. */
    public String container() {
        return holder.label();
    }

    /** Returns the image's field in the pod, such as {@code spec.containers[main].image}. */
    public String path() {
        return holder.imagePath();
    }

    /** Returns whether the controller looks up the image's command; false if the kubelet pulls the image. */
    public boolean isLookUp() {
        return pull.consumer() == ImageClient.CONTROLLER;
    }

    /** Returns the imagePullPolicy of the container or volume as Argo creates the pod; {@code ""} for none. */
    public String imagePullPolicy() {
        return imagePullPolicy(pod.spec());
    }

    /**
     * Returns the imagePullPolicy of the container or volume; {@code ""} for none.
     *
     * @param spec the spec of the pod as Argo creates it, or as the API server returns it with its defaults
     */
    String imagePullPolicy(JsonNode spec) {
        return holder.imagePullPolicy(spec);
    }

    /** Returns whether a template's caller supplies the image's name, a part of it, or the pod's ServiceAccount. */
    public boolean isOfCaller() {
        String path = path();
        return pod.unresolved().stream()
                        .anyMatch(value -> value.isOfCaller() && value.path().equals(path))
                || pod.isOfCaller(Json.text(pod.spec(), "serviceAccountName"));
    }

    /**
     * Returns the variable on which the image's name depends and the reason why its value is not known before the
     * workflow runs; empty if the name is known.
     */
    public Optional<String> unresolved() {
        String path = path();
        return pod.unresolved().stream()
                .filter(value -> value.path().equals(path))
                .map(value -> value.variable() + ": " + value.reason())
                .findFirst();
    }
}
