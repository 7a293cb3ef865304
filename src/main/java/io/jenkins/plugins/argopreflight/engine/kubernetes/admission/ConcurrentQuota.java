package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The check of pods that run together against the ResourceQuotas of their namespace. A dry run sees one pod at a time,
 * and counts none.
 */
public final class ConcurrentQuota {

    private ConcurrentQuota() {}

    /**
     * Returns {@code exceeded quota: …} for each quota that has no capacity for all pods together, although it has for
     * each alone.
     *
     * @param specs the pods' specs, and the number of each
     * @param kubernetes such as {@code v1.34.4}; the newest rules if it does not parse
     * @throws IllegalArgumentException if an amount is invalid, or a field of a pod has a wrong type
     */
    public static List<String> refusals(
            List<ObjectNode> quotas, List<ObjectNode> ranges, Map<ObjectNode, Long> specs, String kubernetes) {
        LimitRanger ranger = new LimitRanger(ranges);
        int minor = PodRules.minor(kubernetes);
        Map<ObjectNode, Long> pods = new IdentityHashMap<>();
        specs.forEach((spec, count) -> {
            ObjectNode pod = JsonNodeFactory.instance.objectNode();
            pod.putObject("metadata").put("name", "pod");
            pod.set("spec", spec.deepCopy());
            Decoding.refusal(pod).ifPresent(refusal -> {
                throw new IllegalArgumentException(refusal.message());
            });
            PodDefaults.requests(pod, minor);
            ranger.setDefaults(pod);
            PodDefaults.requestsAfterAdmission(pod, minor);
            pods.put(pod, count);
        });
        return new Quotas(quotas).concurrent(pods);
    }
}
