package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PodRow;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The consumers of image pulls: the kubelet for a container of the user, the kubelet for one of Argo's own pods and
 * containers, or the controller, which looks up an image's command. Each uses its own credentials.
 */
final class Consumers {

    private static final Set<String> ARGO_CONTAINERS =
            Set.of("init", "wait", "supervisor", ImageHolder.EXECUTOR_VOLUME.label());

    private final Map<List<String>, PodRow> pods = new HashMap<>();
    private final Map<List<String>, String> executorImages = new HashMap<>();

    Consumers(List<PodRow> podRows, List<PullRow> pulls) {
        podRows.forEach(pod -> pods.put(List.of(pod.namespace(), pod.workflow(), pod.name()), pod));
        pulls.stream()
                .filter(pull -> ARGO_CONTAINERS.contains(pull.container()) && isCreatedByArgo(pull))
                .forEach(pull -> executorImages.put(pod(pull), pull.image()));
    }

    /** Returns the consumer of a pull, as a table shows it. */
    String of(PullRow pull) {
        if (pull.consumer() == ImageClient.CONTROLLER) {
            return "controller's look-up";
        }
        String kind = isCreatedByArgo(pull) || isOfKindOther(pull) ? row(pull).kind() : "";
        boolean isArgosOwn = pull.image().equals(executorImages.get(pod(pull)))
                || pull.container().startsWith("artifact-plugin-")
                || pull.container().startsWith("init-artifact-");
        return switch (kind) {
            case "agent" -> "kubelet, agent pod";
            case "artifact-gc" -> "kubelet, artifact GC";
            case "other" -> kubelet(row(pull).createdBy());
            case "workload" -> isArgosOwn ? "kubelet, Argo's own" : "kubelet";
            default -> ImageClient.KUBELET.label();
        };
    }

    /**
     * Returns the kubelet as the consumer of a pull.
     *
     * @param owner the object that creates the pod; "" for none
     */
    private static String kubelet(String owner) {
        return owner.isEmpty() ? "kubelet" : "kubelet, pod of " + owner;
    }

    /** Returns whether Argo creates the pod. A row for a pod that the user wrote has no template. */
    private boolean isCreatedByArgo(PullRow pull) {
        PodRow pod = pods.get(pod(pull));
        return pod != null
                && !pod.kind().equals("other")
                && !(pod.kind().equals("workload") && pod.template().isEmpty());
    }

    private boolean isOfKindOther(PullRow pull) {
        PodRow pod = pods.get(pod(pull));
        return pod != null && pod.kind().equals("other");
    }

    private PodRow row(PullRow pull) {
        return Objects.requireNonNull(pods.get(pod(pull)));
    }

    private static List<String> pod(PullRow pull) {
        return List.of(pull.namespace(), pull.workflow(), pull.pod());
    }
}
