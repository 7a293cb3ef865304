package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Answer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SubjectAccess.Asked;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Random Roles, bindings and questions: a real kube-apiserver, a snapshot of it and the one in memory agree. */
@NeedsServers
@ExtendWith(InRun.class)
class RbacParityTest {

    private static final int QUESTIONS = 2500;
    private static final List<String> VERBS = List.of("get", "list", "create", "patch", "delete", "impersonate");
    private static final List<String> GROUPS = List.of("", "apps", "argoproj.io");
    private static final List<String> RESOURCES = List.of("pods", "secrets", "workflows", "workflowtasksets");
    private static final List<String> SUBRESOURCES = List.of("", "", "log", "status");
    private static final List<String> NAMES = List.of("", "a", "b");

    private final Random random = new Random(20261125);
    private final RealCluster cluster = RealCluster.get();
    private final List<String> namespaces = List.of(cluster.namespace("parity"), cluster.namespace("parity"));
    private final List<String> subjects = List.of("ann-parity", "bob-parity", "eve-parity");
    private final List<String> teams =
            List.of("dev-parity", "ops-parity", "system:serviceaccounts:" + namespaces.get(0));
    private final List<ObjectNode> objects = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void shouldAllowWhatTheServerAllows() throws IOException {
        try (ClusterGateway server =
                Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig()))) {
            namespaces.forEach(this::makeRoles);
            makeRoles("");
            objects.forEach(object -> server.create(resource(object), object, WriteMode.REAL));
            // Granting returns when the server knows it, and so all that was stored before.
            cluster.userWith(Right.of("get", "", "configmaps", namespaces.get(0)), Right.of("get", "", "nodes", ""));
            ClusterGateway snapshot = SnapshotGateway.open(dump(server));
            MemoryCluster memory = new MemoryCluster("memory");
            objects.forEach(object -> memory.load(object.toString()));
            Set<Asked> questions = questions();

            Map<Asked, Answer> real = new SubjectAccess(server, 16).ask(questions);

            assertThat(real.values()).extracting(Answer::source).containsOnly(Resource.SUBJECT_ACCESS_REVIEWS.kind());
            assertThat(allowed(real)).isBetween(0.15, 0.8);
            assertThat(differences(real, new SubjectAccess(snapshot, 1).ask(questions)))
                    .isEmpty();
            assertThat(differences(real, new SubjectAccess(memory, 1).ask(questions)))
                    .isEmpty();
        }
    }

    private static double allowed(Map<Asked, Answer> answers) {
        long yes = answers.values().stream()
                .filter(each -> each.fact().ifKnown().orElseThrow())
                .count();
        return (double) yes / answers.size();
    }

    private static Map<Asked, String> differences(Map<Asked, Answer> real, Map<Asked, Answer> ours) {
        Map<Asked, String> differences = new LinkedHashMap<>();
        real.forEach((asked, answer) -> {
            if (!answer.equals(ours.get(asked))) {
                differences.put(asked, "server " + answer + ", ours " + ours.get(asked));
            }
        });
        return differences;
    }

    private Path dump(ClusterGateway server) throws IOException {
        List<Resource> all =
                List.of(Resource.ROLES, Resource.ROLE_BINDINGS, Resource.CLUSTER_ROLES, Resource.CLUSTER_ROLE_BINDINGS);
        for (Resource resource : all) {
            StringBuilder yaml = new StringBuilder();
            server.list(resource, "", "", "")
                    .forEach(object -> yaml.append("---\n").append(object).append('\n'));
            Files.writeString(folder.resolve(resource.plural() + ".yaml"), yaml);
        }
        return folder;
    }

    private Set<Asked> questions() {
        Set<Asked> questions = new LinkedHashSet<>();
        while (questions.size() < QUESTIONS) {
            String namespace = random.nextInt(5) == 0 ? "" : pick(namespaces);
            questions.add(new Asked(
                    who(),
                    new Right(pick(VERBS), pick(GROUPS), pick(RESOURCES), pick(SUBRESOURCES), namespace, pick(NAMES))));
        }
        return questions;
    }

    private Identity who() {
        return switch (random.nextInt(4)) {
            case 0 -> Identity.ofServiceAccount(pick(namespaces), pick(subjects));
            case 1 -> new Identity(pick(subjects), List.of(pick(teams), "system:authenticated"));
            case 2 -> new Identity("nobody-parity", List.of(pick(teams)));
            default -> new Identity(pick(subjects), List.of());
        };
    }

    /** Creates Roles and bindings. Some bindings refer to a Role that does not exist. */
    private void makeRoles(String namespace) {
        String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
        for (int i = 0; i < 8; i++) {
            ObjectNode role = KubeObjects.of(rbac(kind), namespace, "parity-" + kind.toLowerCase(Locale.ROOT) + i);
            ArrayNode rules = role.putArray("rules");
            for (int rule = random.nextInt(3); rule >= 0; rule--) {
                rules.add(rule());
            }
            objects.add(role);
        }
        for (int i = 0; i < (namespace.isEmpty() ? 4 : 10); i++) {
            ObjectNode binding = KubeObjects.of(rbac(kind + "Binding"), namespace, "parity-" + i);
            String of = namespace.isEmpty() || random.nextInt(3) == 0 ? "ClusterRole" : "Role";
            binding.putObject("roleRef")
                    .put("apiGroup", Resource.ROLES.group())
                    .put("kind", of)
                    .put("name", "parity-" + of.toLowerCase(Locale.ROOT) + random.nextInt(9));
            ArrayNode all = binding.putArray("subjects");
            for (int subject = random.nextInt(4); subject > 0; subject--) {
                all.add(subject(namespace));
            }
            objects.add(binding);
        }
    }

    private ObjectNode rule() {
        boolean named = random.nextInt(4) == 0;
        return new PolicyRule(
                        some(VERBS),
                        some(GROUPS),
                        random.nextInt(8) == 0
                                ? List.of("*/status")
                                : some(RESOURCES).stream()
                                        .map(each -> random.nextInt(4) == 0
                                                ? each + "/" + pick(List.of("log", "status"))
                                                : each)
                                        .toList(),
                        named ? List.of(pick(List.of("a", "b", "c"))) : List.of())
                .toJson();
    }

    private List<String> some(List<String> all) {
        if (random.nextInt(4) == 0) {
            return List.of("*");
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            chosen.add(pick(all));
        }
        return List.copyOf(chosen);
    }

    private ObjectNode subject(String namespace) {
        ObjectNode subject = KubeObjects.of(Resource.PODS, "", "");
        subject.removeAll();
        return switch (random.nextInt(3)) {
            case 0 ->
                subject.put("kind", "ServiceAccount")
                        .put("name", pick(subjects))
                        .put("namespace", random.nextBoolean() && !namespace.isEmpty() ? namespace : pick(namespaces));
            case 1 ->
                subject.put("apiGroup", Resource.ROLES.group())
                        .put("kind", "User")
                        .put("name", pick(subjects));
            default ->
                subject.put("apiGroup", Resource.ROLES.group())
                        .put("kind", "Group")
                        .put("name", pick(teams));
        };
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Resource resource(JsonNode object) {
        return rbac(Json.text(object, "kind"));
    }

    private static Resource rbac(String kind) {
        return List.of(Resource.ROLES, Resource.ROLE_BINDINGS, Resource.CLUSTER_ROLES, Resource.CLUSTER_ROLE_BINDINGS)
                .stream()
                .filter(resource -> resource.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
