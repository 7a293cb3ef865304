package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.ResourceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ResourceQuotas of a namespace, for one pod while no others are created. */
public final class Quotas {

    private final List<PodQuota> quotas;

    /** Creates quotas, which are applied in the order of their names; the API server's order is random. */
    public Quotas(List<ObjectNode> quotas) {
        this.quotas = quotas.stream()
                .sorted(Comparator.comparing(KubeObjects::name))
                .map(PodQuota::new)
                .toList();
    }

    /**
     * Returns the reasons why pods that run together are refused, although each of them fits: {@code exceeded quota: …}
     * as the API server would report it if they were one.
     *
     * @param pods pods with their defaults, and the number of each
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
     * Returns the amounts that a quota counts for these pods.
     *
     * @throws IllegalArgumentException if an amount is invalid
     */
    public static ResourceList used(ObjectNode quota, Collection<? extends JsonNode> pods) {
        PodQuota counted = new PodQuota(quota);
        return pods.stream()
                .filter(counted::matches)
                .map(PodQuota::usage)
                .reduce(new ResourceList(), ResourceList::plus);
    }

    /**
     * Returns the reason why the pod is refused. A quota without a status is measured by its spec, with nothing used.
     */
    public Optional<String> refusalReason(JsonNode pod) {
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
