package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PodRow;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The consumers of image pulls: the kubelet for a container of the user, the kubelet for one of Argo's own pods and
 * containers, or the controller, which looks up an image's command. Each uses its own credentials.
 */
final class Consumers {

    private final Map<List<String>, PodRow> pods = new HashMap<>();
    private final Map<List<String>, String> executorImages = new HashMap<>();

    Consumers(List<PodRow> podRows, List<PullRow> pulls) {
        podRows.forEach(pod -> pods.put(List.of(pod.namespace(), pod.workflow(), pod.name()), pod));
        pulls.stream()
                .filter(pull -> isOfExecutor(pull.container()) && isCreatedByArgo(pull))
                .forEach(pull -> executorImages.put(pod(pull), pull.image()));
    }

    /** Returns the consumer of a pull, as a table shows it. */
    String of(PullRow pull) {
        if (pull.consumer() == ImageClient.CONTROLLER) {
            return "controller's look-up";
        }
        PodRow pod = pods.get(pod(pull));
        if (pod == null || isWrittenByUser(pod)) {
            return ImageClient.KUBELET.label();
        }
        return switch (pod.kind()) {
            case AGENT -> "kubelet, agent pod";
            case ARTIFACT_GC -> "kubelet, artifact GC";
            case OTHER -> kubelet(pod.createdBy());
            case WORKLOAD -> isArgosOwn(pull) ? "kubelet, Argo's own" : "kubelet";
        };
    }

    /** Returns whether a label is one of the executor's containers or volume. A row of a report has only the label. */
    private static boolean isOfExecutor(String label) {
        return ContainerNames.EXECUTOR.contains(label) || label.equals(ImageHolder.EXECUTOR_VOLUME.label());
    }

    /** Returns whether a pull of a workload is for a container that Argo adds. */
    private boolean isArgosOwn(PullRow pull) {
        return pull.image().equals(executorImages.get(pod(pull))) || ContainerNames.isDriver(pull.container());
    }

    /**
     * Returns the kubelet as the consumer of a pull.
     *
     * @param owner the object that creates the pod; "" for none
     */
    private static String kubelet(String owner) {
        return owner.isEmpty() ? "kubelet" : "kubelet, pod of " + owner;
    }

    private boolean isCreatedByArgo(PullRow pull) {
        PodRow pod = pods.get(pod(pull));
        return pod != null && pod.kind() != Kind.OTHER && !isWrittenByUser(pod);
    }

    /** Returns whether the user wrote the pod: its row has no template. */
    private static boolean isWrittenByUser(PodRow pod) {
        return pod.kind() == Kind.WORKLOAD && pod.template().isEmpty();
    }

    private static List<String> pod(PullRow pull) {
        return List.of(pull.namespace(), pull.workflow(), pull.pod());
    }
}
