package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.AccessReview;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random Roles on a real kube-apiserver: our few requests, its reviews one by one, and the one in memory agree. */
@NeedsServers
@ExtendWith(InRun.class)
class AccessRealTest {

    private static final List<String> VERBS = List.of("get", "list", "create", "update", "delete");
    private static final List<String[]> RESOURCES = List.of(
            new String[] {"", "secrets", ""},
            new String[] {"", "serviceaccounts", ""},
            new String[] {"", "pods", ""},
            new String[] {"", "pods", "log"},
            new String[] {"apps", "deployments", "scale"},
            new String[] {"argoproj.io", "workflows", ""});
    private static final List<String> ROLE_RESOURCES = List.of(
            "secrets",
            "serviceaccounts",
            "pods",
            "pods/log",
            "deployments/scale",
            "workflows",
            "*",
            "*/scale",
            "*/log");
    private static final List<String> ROLE_GROUPS = List.of("", "apps", "argoproj.io", "*");

    private final RealCluster cluster = RealCluster.get();
    private final ClusterGateway admin =
            Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldKnowOurRightsAsTheServerDoes(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> namespaces = List.of(cluster.namespace("access"), cluster.namespace("access"));
        User user = cluster.userWith();
        String roles = roles(random, namespaces, user.name());
        apply(roles);
        settle(user, namespaces.get(0));
        MemoryCluster memory = MemoryCluster.of(roles);
        memory.actAs(user.name(), "system:authenticated");

        try (ClusterGateway ours = connect(user)) {
            List<Right> universe = universe(namespaces);
            Map<Right, Fact<Boolean>> oneByOne = oneByOne(ours, universe);

            assertThat(oneByOne.values()).contains(Fact.known(true), Fact.known(false));
            assertThat(new Access(ours, 4).ask(universe)).isEqualTo(oneByOne);
            assertThat(oneByOne(memory, universe)).isEqualTo(oneByOne);
            assertThat(new Access(memory, 4).ask(universe)).isEqualTo(oneByOne);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGrantJustWhatIsMissing(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> namespaces = List.of(cluster.namespace("grant"), cluster.namespace("grant"));
        User user = cluster.userWith();
        // A create is granted whatever its name.
        List<Right> universe = universe(namespaces).stream()
                .filter(right -> !right.verb().equals("create") || right.name().isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(universe, random);
        List<Right> missing = universe.subList(0, 12);

        apply(SmallestRole.yaml(missing, user.name()));
        settle(user, namespaces.get(0));

        try (ClusterGateway ours = connect(user)) {
            Map<Right, Fact<Boolean>> expected = new LinkedHashMap<>();
            universe.forEach(right ->
                    expected.put(right, Fact.known(missing.contains(right) || missing.contains(right.named("")))));
            assertThat(oneByOne(ours, universe)).isEqualTo(expected);
        }
    }

    @Test
    void shouldWriteARoleThatKubectlApplies() throws IOException {
        String namespace = cluster.namespace("pasted");
        String user = "system:serviceaccount:" + namespace + ":bot";
        Right get = Right.of("get", "", "secrets", namespace).named("regcred");
        Right list = Right.of("list", "", "namespaces", "");
        Process kubectl = new ProcessBuilder(
                        ServerBinaries.require("kubectl"),
                        "--kubeconfig=" + cluster.adminKubeconfig(),
                        "apply",
                        "-f",
                        "-")
                .redirectErrorStream(true)
                .start();
        try (OutputStream stdin = kubectl.getOutputStream()) {
            stdin.write(SmallestRole.yaml(List.of(get, list), user).getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output.replaceAll("argo-preflight-[0-9a-f]+", "NAME").lines())
                .containsExactly(
                        "clusterrole.rbac.authorization.k8s.io/NAME created",
                        "clusterrolebinding.rbac.authorization.k8s.io/NAME created",
                        "role.rbac.authorization.k8s.io/NAME created",
                        "rolebinding.rbac.authorization.k8s.io/NAME created");
        // Granting to somebody else returns when the server knows what was stored before.
        settle(cluster.userWith(), namespace);
        ClusterConnection bot = ClusterConnection.DEFAULT
                .withKubeconfigs(cluster.adminKubeconfig())
                .impersonating(user);
        try (ClusterGateway ours = Fabric8Gateway.connect(bot)) {
            assertThat(new Access(ours, 1).ask(List.of(get, list, get.named(""))))
                    .isEqualTo(Map.of(get, Fact.known(true), list, Fact.known(true), get.named(""), Fact.known(false)));
        }
    }

    @Test
    void shouldAskRightByRightWhenTheServerCannotListAllRules() throws IOException {
        String namespace = cluster.namespace("dangling");
        User user = cluster.userWith();
        apply("""
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r, namespace: %s},
             roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: absent},
             subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %s}]}
            """.formatted(namespace, user.name()));
        Right get = Right.of("get", "", "secrets", namespace);
        Right create = Right.of("create", "", "secrets", namespace);
        cluster.grant(user, get);

        try (ClusterGateway ours = connect(user)) {
            assertThat(new Access(ours, 1).ask(List.of(get, create)))
                    .isEqualTo(Map.of(get, Fact.known(true), create, Fact.known(false)));
            assertThat(cluster.requests(user))
                    .extracting(AuditedRequest::resource)
                    .containsExactly("selfsubjectrulesreviews", "selfsubjectaccessreviews", "selfsubjectaccessreviews");
        }
    }

    @Test
    void shouldSeeWhoWeAreAndWhomWeImpersonate() {
        User user = cluster.userWith();
        ClusterConnection asAdmin = ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig());

        try (ClusterGateway ours = connect(user);
                ClusterGateway bot = Fabric8Gateway.connect(asAdmin.impersonating("system:serviceaccount:ci:bot"));
                ClusterGateway dev =
                        Fabric8Gateway.connect(asAdmin.impersonating("system:serviceaccount:ci:bot", "devs"))) {
            assertThat(WhoAmI.ask(ours).ifKnown().orElseThrow().user()).isEqualTo(user.name());
            Identity alone = WhoAmI.ask(bot).ifKnown().orElseThrow();
            assertThat(alone.groups())
                    .containsExactlyInAnyOrder(
                            "system:serviceaccounts", "system:serviceaccounts:ci", "system:authenticated");
            assertThat(WhoAmI.ask(dev).ifKnown().orElseThrow().groups())
                    .containsAll(alone.groups())
                    .contains("devs");
        }
    }

    private ClusterGateway connect(User user) {
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.kubeconfig(user)));
    }

    /** The server learns of Roles in their order, so it knows all of them once it knows these. */
    private void settle(User user, String namespace) {
        cluster.grant(user, Right.of("get", "", "configmaps", namespace));
        cluster.grant(user, Right.of("get", "", "nodes", ""));
    }

    private static List<Right> universe(List<String> namespaces) {
        List<Right> rights = new ArrayList<>();
        for (String namespace : namespaces) {
            for (String[] resource : RESOURCES) {
                for (String verb : VERBS) {
                    Right right = new Right(verb, resource[0], resource[1], resource[2], namespace, "");
                    rights.add(right);
                    rights.add(right.named("a"));
                }
            }
        }
        return rights;
    }

    private static Map<Right, Fact<Boolean>> oneByOne(ClusterGateway ours, List<Right> rights) {
        AccessReview review = new AccessReview(ours);
        Map<Right, Fact<Boolean>> answers = new LinkedHashMap<>();
        rights.forEach(right -> answers.put(right, review.ask(right)));
        return answers;
    }

    private static String roles(Random random, List<String> namespaces, String user) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String namespace = i >= 6 ? "" : pick(random, namespaces);
            boolean wide = i >= 6 && random.nextInt(3) > 0;
            String names = random.nextInt(3) == 0 ? ", resourceNames: [a, b]" : "";
            yaml.append("""
                {apiVersion: rbac.authorization.k8s.io/v1, kind: %1$s, metadata: {name: %2$s, %3$s},
                 rules: [{apiGroups: ['%4$s'], resources: ['%5$s'], verbs: ['%6$s', '%7$s']%8$s}]}
                ---
                {apiVersion: rbac.authorization.k8s.io/v1, kind: %1$sBinding, metadata: {name: %2$s, %3$s},
                 roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %1$s, name: %2$s},
                 subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %9$s}]}
                ---
                """.formatted(
                            namespace.isEmpty() ? "ClusterRole" : "Role",
                            user + "-" + i,
                            namespace.isEmpty() ? "labels: {}" : "namespace: " + namespace,
                            pick(random, ROLE_GROUPS),
                            wide ? "pods" : pick(random, ROLE_RESOURCES),
                            random.nextInt(4) == 0 ? "*" : pick(random, VERBS),
                            pick(random, VERBS),
                            names,
                            user));
        }
        return yaml.toString();
    }

    private static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void apply(String yaml) throws IOException {
        for (JsonNode document : new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(yaml)
                .readAll()) {
            if (document instanceof ObjectNode object) {
                String kind = Json.text(object, "kind");
                admin.create(
                        new Resource(
                                "rbac.authorization.k8s.io",
                                "v1",
                                kind.toLowerCase(Locale.ROOT) + "s",
                                kind,
                                !kind.startsWith("Cluster")),
                        object,
                        WriteMode.REAL);
            }
        }
    }
}
