package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.LabelSelectors;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The webhooks and ValidatingAdmissionPolicies that apply to a pod when it is created. CEL expressions and the servers
 * of webhooks are not evaluated. Source: k8s.io/apiserver pkg/admission/plugin/policy/matching/matching.go.
 */
final class AdmissionPolicies {

    private final AdmissionObjects objects;
    private final Optional<Map<String, String>> namespace;
    private final JsonNode pod;
    private final List<UnevaluatedPolicy> found = new ArrayList<>();

    private AdmissionPolicies(AdmissionObjects objects, Optional<Map<String, String>> namespace, JsonNode pod) {
        this.objects = objects;
        this.namespace = namespace;
        this.pod = pod;
    }

    /**
     * Returns the webhooks and policies for a pod.
     *
     * @param namespace the labels of the pod's namespace; empty if they are not known, so that any selector can match
     */
    static List<UnevaluatedPolicy> of(AdmissionObjects objects, Optional<Map<String, String>> namespace, JsonNode pod) {
        AdmissionPolicies policies = new AdmissionPolicies(objects, namespace, pod);
        policies.policies();
        policies.webhooks(AdmissionObjects.VALIDATING_WEBHOOKS);
        policies.webhooks(AdmissionObjects.MUTATING_WEBHOOKS);
        return policies.found;
    }

    private void policies() {
        Fact<List<ObjectNode>> bindings = objects.list(AdmissionObjects.POLICY_BINDINGS, "");
        for (ObjectNode policy : list(AdmissionObjects.POLICIES)) {
            JsonNode spec = policy.path("spec");
            boolean mayBind = bindings.ifKnown()
                    .map(all -> all.stream().anyMatch(binding -> binds(binding, policy)))
                    .orElse(true);
            JsonNode constraints = spec.path("matchConstraints");
            boolean hasRules = !constraints.path("resourceRules").isEmpty();
            if (!mayBind || !hasRules || !matches(constraints)) {
                continue;
            }
            List<String> evidence = new ArrayList<>();
            for (JsonNode validation : spec.path("validations")) {
                String message = Json.text(validation, "message");
                evidence.add(Json.text(validation, "expression") + (message.isEmpty() ? "" : ": " + message));
            }
            bindings.ifUnknown().ifPresent(unknown -> evidence.add("whether it is bound: " + unknown.reason()));
            found.add(UnevaluatedPolicy.of(AdmissionObjects.POLICIES.kind(), KubeObjects.name(policy), evidence));
        }
    }

    private boolean binds(ObjectNode binding, ObjectNode policy) {
        JsonNode spec = binding.path("spec");
        return Json.text(spec, "policyName").equals(KubeObjects.name(policy))
                && denies(spec)
                && matches(spec.path("matchResources"));
    }

    /** Returns whether a binding refuses objects. A binding that only warns or audits does not. */
    private static boolean denies(JsonNode binding) {
        return texts(binding.path("validationActions")).contains("Deny");
    }

    private void webhooks(Resource kind) {
        for (ObjectNode configuration : list(kind)) {
            List<String> names = new ArrayList<>();
            for (JsonNode webhook : configuration.path("webhooks")) {
                if (selects(webhook) && rules(webhook.path("rules"))) {
                    names.add("webhook " + Json.text(webhook, "name"));
                }
            }
            if (!names.isEmpty()) {
                found.add(UnevaluatedPolicy.of(kind.kind(), KubeObjects.name(configuration), names));
            }
        }
    }

    private List<ObjectNode> list(Resource kind) {
        Fact<List<ObjectNode>> all = objects.list(kind, "");
        all.ifUnknown()
                .ifPresent(unknown -> found.add(
                        new UnevaluatedPolicy(kind.kind(), "", List.of(unknown.reason()), unknown.missingRight())));
        return all.ifKnown().orElse(List.of());
    }

    /** Returns whether the resources include the pod; without rules, they include each object that they select. */
    private boolean matches(JsonNode resources) {
        JsonNode rules = resources.path("resourceRules");
        return selects(resources)
                && (rules.isEmpty() || rules(rules))
                && !rules(resources.path("excludeResourceRules"));
    }

    private boolean selects(JsonNode rule) {
        JsonNode selector = rule.path("namespaceSelector");
        return namespace.map(labels -> LabelSelectors.matches(selector, labels)).orElse(true)
                && LabelSelectors.matches(rule.path("objectSelector"), KubeObjects.labels(pod));
    }

    private boolean rules(JsonNode rules) {
        return rules.valueStream()
                .anyMatch(rule -> any(rule, "operations", "CREATE", "*")
                        && any(rule, "apiGroups", "", "*")
                        && any(rule, "apiVersions", "v1", "*")
                        && any(rule, "resources", "pods", "*", "*/*", "pods/*")
                        && !Json.text(rule, "scope").equals("Cluster")
                        && names(rule));
    }

    /**
     * Returns whether a rule applies to the pod's name. A name that is not completely known can be one of the rule's
     * names.
     */
    private boolean names(JsonNode rule) {
        List<String> names = texts(rule.path("resourceNames"));
        String name = KubeObjects.name(pod);
        return names.isEmpty() || names.contains(name) || name.contains("*");
    }

    private static boolean any(JsonNode rule, String field, String... allowed) {
        List<String> values = texts(rule.path(field));
        return Stream.of(allowed).anyMatch(values::contains);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(Json.text(text)));
        return texts;
    }
}
