package io.jenkins.plugins.argopreflight.engine.cluster.admission.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.ResourceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ResourceQuotas of a namespace and one pod that no one else is created beside. */
public final class Quotas {

    private final List<PodQuota> quotas;

    /** Quotas are taken in the order of their names; the API server's order is random. */
    public Quotas(List<ObjectNode> quotas) {
        this.quotas = quotas.stream()
                .sorted(Comparator.comparing(Objects::name))
                .map(PodQuota::new)
                .toList();
    }

    /**
     * What pods that run together are refused for, although each of them fits: {@code exceeded quota: …} as the API
     * server would put it if they were one.
     *
     * @param pods with their defaults, and how many of each
     */
    public List<String> concurrent(Map<? extends JsonNode, Long> pods) {
        List<String> exceeded = new ArrayList<>();
        for (PodQuota quota : quotas) {
            boolean alone = pods.keySet().stream()
                    .filter(quota::matches)
                    .anyMatch(pod ->
                            quota.unfit(pod).isPresent() || quota.exceeded(pod).isPresent());
            ResourceList sum = new ResourceList();
            for (Map.Entry<? extends JsonNode, Long> pod : pods.entrySet()) {
                if (quota.matches(pod.getKey())) {
                    sum = sum.plus(PodQuota.usage(pod.getKey()).times(pod.getValue()));
                }
            }
            if (!alone && !sum.isEmpty()) {
                quota.exceeded(sum).ifPresent(exceeded::add);
            }
        }
        return exceeded;
    }

    /**
     * What a quota counts of these pods.
     *
     * @throws IllegalArgumentException when an amount is none
     */
    public static ResourceList used(ObjectNode quota, Collection<? extends JsonNode> pods) {
        PodQuota counted = new PodQuota(quota);
        return pods.stream()
                .filter(counted::matches)
                .map(PodQuota::usage)
                .reduce(new ResourceList(), ResourceList::plus);
    }

    /** Why the pod is refused; what has no status yet is measured by its spec, with nothing used. */
    public Optional<String> violations(JsonNode pod) {
        List<PodQuota> matching =
                quotas.stream().filter(quota -> quota.matches(pod)).toList();
        return matching.stream()
                .flatMap(quota -> quota.unfit(pod).stream())
                .findFirst()
                .or(() -> matching.stream()
                        .flatMap(quota -> quota.exceeded(pod).stream())
                        .findFirst());
    }
}
