package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.LabelSelectors;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pods of one namespace that a required podAntiAffinity keeps off the same node; only what is sure. Source: kubernetes
 * pkg/scheduler/framework/plugins/interpodaffinity/filtering.go (the terms of both pods count).
 */
final class AntiAffinity {

    private static final String HOSTNAME = "kubernetes.io/hostname";

    /** Its value is one for all pods of a workflow, even where it is not known yet. */
    private static final String WORKFLOW = "workflows.argoproj.io/workflow";

    /** Fields with which a term is about pods of other namespaces, or compares more labels. */
    private static final Set<String> OTHERS =
            Set.of("namespaces", "namespaceSelector", "matchLabelKeys", "mismatchLabelKeys");

    private AntiAffinity() {}

    /** Whether the terms of one of the two keep them apart. */
    static boolean isBetween(ArgoPod one, ArgoPod other) {
        return keepsOff(one, other) || keepsOff(other, one);
    }

    /** Whether a pod's own terms keep it off the node of another one. */
    static boolean keepsOff(ArgoPod pod, ArgoPod other) {
        Map<String, String> labels = Objects.labels(other.pod());
        for (JsonNode term : pod.spec()
                .path("affinity")
                .path("podAntiAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")) {
            if (Objects.text(term, "topologyKey").equals(HOSTNAME)
                    && OTHERS.stream().noneMatch(term::has)
                    && isKnown(term.path("labelSelector"), labels)
                    && LabelSelectors.matches(term.path("labelSelector"), labels)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKnown(JsonNode selector, Map<String, String> labels) {
        Set<String> keys = new TreeSet<>();
        selector.path("matchLabels").fieldNames().forEachRemaining(keys::add);
        selector.path("matchExpressions").forEach(each -> keys.add(Objects.text(each, "key")));
        boolean onlyWorkflow = keys.equals(Set.of(WORKFLOW))
                && selector.path("matchExpressions").isEmpty();
        return selector.isObject()
                && (onlyWorkflow
                        || !isOpen(selector.toString())
                                && keys.stream().noneMatch(key -> isOpen(labels.getOrDefault(key, ""))));
    }

    private static boolean isOpen(String text) {
        return text.contains("{{") || text.contains("*");
    }
}
