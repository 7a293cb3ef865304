package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.Decoding;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.LimitRanger;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.OpenValues;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.PodDefaults;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.PodRules;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.PodValidation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.Quotas;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The admission and validation of pods by this program, for clusters without a usable dry run: the checks of the API
 * server in its order and with its messages, on the cluster's objects. Webhooks and policies, which it cannot evaluate,
 * are reported. Exemptions in the API server's configuration and plug-ins that are off by default are not considered.
 */
public final class BuiltInAdmission {

    private final AdmissionObjects objects;
    private final int clusterMinor;
    private final Optional<LevelVersion> enforced;

    /**
     * Creates an admission.
     *
     * @param kubernetes the API server's version, such as {@code v1.34.4}; if it cannot be parsed, the newest rules
     *     apply
     * @param enforced the Pod Security level to enforce instead of the labels of the namespace
     */
    public BuiltInAdmission(AdmissionObjects objects, String kubernetes, Optional<LevelVersion> enforced) {
        this.objects = objects;
        this.clusterMinor = PodRules.minor(kubernetes);
        this.enforced = enforced;
    }

    /**
     * Checks a pod, as if no other pod were created at the same time.
     *
     * @param pod metadata and spec; {@code {{…}}} stands for an unknown value, and {@code *} in its name too
     */
    public AdmissionResult judge(String namespace, JsonNode pod) {
        return new Run(namespace, pod.deepCopy()).judge();
    }

    /** The admission of one pod, which it changes. */
    private final class Run {

        private final String namespace;
        private final ObjectNode pod;
        private final Fact<Optional<ObjectNode>> home;
        private final Fact<List<ObjectNode>> ranges;
        private final Steps steps = new Steps();

        private Run(String namespace, ObjectNode pod) {
            this.namespace = namespace;
            this.pod = pod;
            this.home = objects.get(Resource.NAMESPACES, "", namespace);
            this.ranges = objects.list(Resource.LIMIT_RANGES, namespace);
        }

        private AdmissionResult judge() {
            Map<String, String> labels = home.ifKnown()
                    .flatMap(found -> found)
                    .map(KubeObjects::labels)
                    .orElse(Map.of());
            NamespacePolicy policy = enforced.map(level -> new NamespacePolicy(level, level))
                    .orElseGet(() -> NamespacePolicy.of(labels));
            boolean resources = steps.canRun(OpenValues.resources(pod));
            if (resources) {
                steps.take(() -> Decoding.refusal(pod).map(PodRefusal::invalid));
            }
            if (resources && !steps.isRefused()) {
                PodDefaults.requests(pod, clusterMinor);
            }
            PodDefaults.hostPorts(pod);
            steps.take(home, this::namespaceRefusal);
            mutate();
            if (resources) {
                if (!steps.isRefused()) {
                    PodDefaults.requestsAfterAdmission(pod, clusterMinor);
                }
                steps.take(() -> PodValidation.refusal(pod, clusterMinor).map(PodRefusal::invalid));
                steps.take(
                        ranges,
                        found -> new LimitRanger(found).refusalReason(pod).map(this::forbidden));
            }
            if (enforced.isPresent() || home.ifKnown().isPresent()) {
                steps.collect(OpenValues.security(pod, policy.enforce()));
                steps.take(() -> PodSecurity.refusal(policy.enforce(), pod, clusterMinor)
                        .map(reason -> PodRefusal.forbidden(pod, reason)));
            }
            steps.take(() -> RuntimeClassAdmission.strayOverhead(pod).map(this::forbidden));
            if (resources) {
                steps.takeIfKnown(
                        ranges,
                        objects.list(Resource.RESOURCE_QUOTAS, namespace),
                        found -> new Quotas(found).refusalReason(pod).map(this::forbidden));
            }
            List<String> warnings = PodSecurity.refusal(policy.warn(), pod, clusterMinor).stream()
                    .map(PodSecurityRefusal::warning)
                    .toList();
            return new AdmissionResult(
                    steps.answer(),
                    steps.isRefused() ? List.of() : warnings,
                    AdmissionPolicies.of(objects, home.ifKnown().map(found -> labels), pod));
        }

        private Optional<PodRefusal> namespaceRefusal(Optional<ObjectNode> found) {
            if (found.isEmpty()) {
                return Optional.of(PodRefusal.namespaceNotFound(namespace));
            }
            return found.filter(KubeObjects::isTerminating)
                    .map(terminating -> forbidden("unable to create new content in namespace " + namespace
                            + " because it is being terminated"));
        }

        private void mutate() {
            ranges.ifKnown().ifPresent(found -> new LimitRanger(found).setDefaults(pod));
            String account = ServiceAccountAdmission.accountOf(pod);
            if (steps.canRun(OpenValues.value("spec.serviceAccountName", account))) {
                steps.take(
                        objects.get(Resource.SERVICE_ACCOUNTS, namespace, account),
                        found -> ServiceAccountAdmission.admit(pod, namespace, found)
                                .map(this::forbidden));
            }
            priority();
            String runtime = Json.text(pod, "spec", "runtimeClassName");
            if (!runtime.isEmpty() && steps.canRun(OpenValues.value("spec.runtimeClassName", runtime))) {
                steps.take(
                        objects.get(Resource.RUNTIME_CLASSES, "", runtime),
                        found -> RuntimeClassAdmission.admit(pod, found).map(this::forbidden));
            }
        }

        private void priority() {
            String name = Json.text(pod, "spec", "priorityClassName");
            if (!steps.canRun(OpenValues.value("spec.priorityClassName", name))) {
                return;
            }
            Fact<List<ObjectNode>> classes = name.isEmpty()
                    ? objects.list(Resource.PRIORITY_CLASSES, "")
                    : PriorityAdmission.named(name, objects.get(Resource.PRIORITY_CLASSES, "", name));
            if (PriorityAdmission.mayRefuse(pod)) {
                steps.take(classes, found -> PriorityAdmission.admit(pod, found).map(this::forbidden));
            } else {
                classes.ifKnown().ifPresent(found -> PriorityAdmission.admit(pod, found));
            }
        }

        private PodRefusal forbidden(String reason) {
            return PodRefusal.forbidden(pod, reason);
        }
    }
}
