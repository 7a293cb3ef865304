package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.List;
import java.util.Optional;

/**
 * One image that one consumer will ask a registry for, because of one container of one pod.
 *
 * @param workflow whose pod it is
 * @param container the container's name; for an image volume {@code volume NAME}
 * @param path the image's field in the pod, such as {@code spec.containers[main].image}
 * @param source why those pull Secrets: {@code spec.imagePullSecrets}, or the ServiceAccount's
 * @param ignored pull Secrets that look in effect and are not: a ServiceAccount's own, hidden by the spec's
 * @param assumed why it is not known whether this is what will be asked, "" when it is
 * @param pull who pulls, with what, and what the registry answers
 * @param secrets what stands behind the credentials
 * @param config what the image's configuration says; Unknown when nobody could read it
 * @param tags tags of the repository, when the registry lists them and the image was not found; else Unknown
 */
public record PodPull(
        WorkflowFacts workflow,
        ArgoPod pod,
        String container,
        String path,
        String source,
        List<String> ignored,
        String assumed,
        Pull pull,
        PullSecrets secrets,
        Fact<ImageConfig> config,
        Fact<List<String>> tags) {

    public PodPull {
        ignored = List.copyOf(ignored);
    }

    /** Whether it is the controller that looks the command up, and not the kubelet that pulls. */
    public boolean isLookUp() {
        return pull.consumer().equals("controller");
    }

    /** Whether the image's name hangs on a value that is not known before the workflow runs. */
    public Optional<String> unresolved() {
        return pod.unresolved().stream()
                .filter(value -> value.path().equals(path))
                .map(value -> value.variable() + ": " + value.reason())
                .findFirst();
    }
}
