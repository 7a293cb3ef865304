package io.jenkins.plugins.argopreflight.offline.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds our admission equal to a real API server's, message and all, on generated pods and namespaces. */
@NeedsServers(Server.CLUSTER)
class BuiltInAdmissionServerTest {
    /** The words of the server that distinguish one kind of refusal from another; each kind must occur. */
    private static final List<String> REFUSALS = List.of(
            "PodSecurity",
            "exceeded quota",
            "must specify",
            "status unknown",
            "is invalid",
            "per Container",
            "per Pod",
            "service account",
            "Class",
            "cannot be handled");

    private static final long SEED = Long.getLong("argopreflight.seed", 20261125);
    private static final int PODS = Integer.getInteger("argopreflight.pods", 100);
    private static final String LABEL = "pod-security.kubernetes.io/enforce";

    private static ApiClient api;
    private static String kubernetes;
    private static final List<String> NAMESPACES = new ArrayList<>();

    @BeforeAll
    static void shouldHaveNamespaces() throws InterruptedException {
        RealCluster cluster = RealCluster.get();
        api = cluster.api();
        kubernetes = api.get("/version").path("gitVersion").asText();
        create(Resource.PRIORITY_CLASSES, "", "preflight-high", Map.of("value", 1000));
        create(
                Resource.RUNTIME_CLASSES,
                "",
                "preflight-heavy",
                Map.of("handler", "heavy", "overhead", Map.of("podFixed", Map.of("cpu", "250m", "memory", "64Mi"))));
        namespace(cluster, "privileged", Map.of());
        namespace(cluster, "baseline", Map.of("version", "v1.30"));
        String restricted = namespace(cluster, "restricted", Map.of());
        limitRange(
                restricted,
                "both",
                List.of(
                        Map.of(
                                "type",
                                "Container",
                                "default",
                                Map.of("cpu", "1", "memory", "512Mi"),
                                "defaultRequest",
                                Map.of("cpu", "50m"),
                                "max",
                                Map.of("memory", "1Gi"),
                                "min",
                                Map.of("cpu", "20m")),
                        Map.of(
                                "type",
                                "Pod",
                                "max",
                                Map.of("cpu", "4"),
                                "maxLimitRequestRatio",
                                Map.of("memory", "3"))));
        String counted = namespace(cluster, "privileged", Map.of());
        quota(
                counted,
                "compute",
                Map.of("limits.cpu", "2", "requests.memory", "1Gi"),
                Map.of("limits.cpu", "1", "requests.memory", "900Mi"),
                Map.of());
        String full = namespace(cluster, "baseline", Map.of());
        quota(
                full,
                "pods",
                Map.of("pods", "3", "count/pods", "100"),
                Map.of("pods", "3", "count/pods", "7"),
                Map.of("scopes", List.of("NotTerminating")));
        String gpu = namespace(cluster, "privileged", Map.of());
        quota(gpu, "gpu", Map.of("requests.nvidia.com/gpu", "2"), Map.of("requests.nvidia.com/gpu", "1"), Map.of());
        quota(
                full,
                "high",
                Map.of("cpu", "1"),
                Map.of("cpu", "0"),
                Map.of(
                        "scopeSelector",
                        Map.of(
                                "matchExpressions",
                                List.of(Map.of(
                                        "scopeName",
                                        "PriorityClass",
                                        "operator",
                                        "In",
                                        "values",
                                        List.of("preflight-high"))))));
        quota(full, "best", Map.of("pods", "0"), Map.of("pods", "0"), Map.of("scopes", List.of("BestEffort")));
        String both = namespace(cluster, "privileged", Map.of());
        limitRange(
                both,
                "defaults",
                List.of(Map.of(
                        "type",
                        "Container",
                        "default",
                        Map.of("memory", "256Mi"),
                        "defaultRequest",
                        Map.of("cpu", "100m", "memory", "128Mi"),
                        "maxLimitRequestRatio",
                        Map.of("cpu", "4"))));
        quota(
                both,
                "tight",
                Map.of("requests.cpu", "500m", "limits.memory", "2Gi", "limits.ephemeral-storage", "3G"),
                Map.of("requests.cpu", "100m", "limits.memory", "512Mi", "limits.ephemeral-storage", "0"),
                Map.of());
        quota(both, "unknown", Map.of("limits.cpu", "1"), Map.of(), Map.of("scopes", List.of("Terminating")));
        Thread.sleep(2000);
    }

    private static String namespace(RealCluster cluster, String level, Map<String, String> more) {
        String name = cluster.namespace("admission");
        NAMESPACES.add(name);
        Map<String, String> labels = new TreeMap<>(Map.of(LABEL, level));
        more.forEach((key, value) -> labels.put(LABEL + "-" + key, value));
        api.mergePatch("/api/v1/namespaces/" + name, Map.of("metadata", Map.of("labels", labels)));
        cluster.serviceAccount(name, "default");
        api.create(
                ServerObjects.path(Resource.SERVICE_ACCOUNTS, name),
                Map.of(
                        "metadata",
                        Map.of(
                                "name",
                                "strict",
                                "annotations",
                                Map.of("kubernetes.io/enforce-mountable-secrets", "true")),
                        "secrets",
                        List.of(Map.of("name", "listed")),
                        "imagePullSecrets",
                        List.of(Map.of("name", "listed"))));
        return name;
    }

    private static void create(Resource resource, String namespace, String name, Map<String, Object> more) {
        Map<String, Object> object = new TreeMap<>(more);
        object.put("metadata", Map.of("name", name));
        api.create(ServerObjects.path(resource, namespace), object);
    }

    private static void limitRange(String namespace, String name, List<?> limits) {
        create(Resource.LIMIT_RANGES, namespace, name, Map.of("spec", Map.of("limits", limits)));
    }

    private static void quota(
            String namespace, String name, Map<String, String> hard, Map<String, String> used, Map<String, ?> scopes) {
        Map<String, Object> spec = new TreeMap<>(scopes);
        spec.put("hard", hard);
        create(Resource.RESOURCE_QUOTAS, namespace, name, Map.of("spec", spec));
        api.mergePatch(
                ServerObjects.path(Resource.RESOURCE_QUOTAS, namespace) + "/" + name + "/status",
                Map.of("status", Map.of("hard", hard, "used", used)));
    }

    @Test
    void shouldAnswerAsTheServerDoes() {
        BuiltInAdmission admission = new BuiltInAdmission(new ServerObjects(api), kubernetes, Optional.empty());
        AdmissionCases generator = new AdmissionCases(SEED);
        List<String> mismatches = new ArrayList<>();
        Map<String, Integer> answers = new TreeMap<>();
        for (String namespace : NAMESPACES) {
            for (int i = 0; i < PODS; i++) {
                ObjectNode pod = generator.next();
                String expected = dryRun(namespace, pod);
                Fact<Optional<PodRefusal>> verdict =
                        admission.judge(namespace, pod).refusal();
                String ours = verdict.ifKnown()
                        .map(refusal ->
                                refusal.map(each -> each.refusal().message()).orElse(""))
                        .orElse(verdict.toString());
                answers.merge(kind(expected), 1, Integer::sum);
                if (!sorted(expected).equals(sorted(ours))) {
                    mismatches.add(namespace + " " + pod + "\n  expected: " + expected + "\n  but was:  " + ours);
                }
            }
        }
        assertThat(mismatches).isEmpty();
        assertThat(answers).containsKey("let in").containsKeys(REFUSALS.toArray(String[]::new));
    }

    private static String dryRun(String namespace, ObjectNode pod) {
        try {
            api.create(ServerObjects.path(Resource.PODS, namespace) + "?dryRun=All", pod);
            return "";
        } catch (IllegalStateException e) {
            return e.getMessage().replaceFirst("POST \\S+: \\d+ ", "");
        }
    }

    /** Several errors come in an order that is random at the server. */
    private static List<String> sorted(String words) {
        return Arrays.stream(withoutWordsOfVersion(words)
                        .replace("[", ", ")
                        .replace("]", "")
                        .split(", "))
                .sorted()
                .toList();
    }

    /**
     * Returns the message without the parts that versions of the server word differently. Before 1.34 they write invalid
     * values in the syntax of Go, and copy AppArmor profiles to annotations, which the message then names. From 1.35 on
     * the key of a label is no "qualified name".
     */
    private static String withoutWordsOfVersion(String message) {
        int minor = Integer.parseInt(kubernetes.split("\\.")[1]);
        if (minor >= 35) {
            return message.replace("a valid label key must", "a qualified name must");
        }
        return minor == 34
                ? message
                : message.replaceAll("Invalid value: .*?: ", "Invalid value: ")
                        .replaceAll("AppArmor profiles? \\([^)]*\\)", "AppArmor profile");
    }

    private static String kind(String words) {
        return words.isEmpty()
                ? "let in"
                : REFUSALS.stream().filter(words::contains).findFirst().orElse(words);
    }
}
