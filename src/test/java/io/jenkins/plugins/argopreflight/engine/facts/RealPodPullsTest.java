package io.jenkins.plugins.argopreflight.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPulls;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry with another answer for each consumer: kubelet, controller, Argo's own containers. */
@NeedsServers(Server.REGISTRY)
@ExtendWith(InRun.class)
class RealPodPullsTest {

    private static final String PASSWORD = "s3cret";

    private static RealRegistry registry(boolean tokens) {
        Map<String, String> logins = Map.of("team", PASSWORD);
        RealRegistry registry = tokens ? RealRegistry.withTokens(logins) : RealRegistry.withPasswords(logins);
        registry.push("team/tool", "1");
        return registry;
    }

    private static String secret(String name, String key, String password) {
        return """
            apiVersion: v1
            kind: Secret
            metadata: {name: %s, namespace: ci}
            type: kubernetes.io/dockerconfigjson
            stringData:
              .dockerconfigjson: '{"auths": {"%s": {"username": "team", "password": "%s"}}}'
            """.formatted(name, key, password);
    }

    /** The verdict by container and consumer. */
    private static Map<String, Verdict> verdicts(
            RealRegistry registry, String account, String spec, String... secrets) {
        MemoryCluster cluster = MemoryCluster.of(secrets);
        cluster.load("""
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: workflow, namespace: ci}
            imagePullSecrets: %s
            """.formatted(account));
        cluster.load("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: workflow-controller-configmap, namespace: argo}
            data: {executor: "image: %s/team/absent:1"}
            """.formatted(registry.host()));
        List<Document> given = new ManifestReader().read("workflow.yaml", """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec:
              entrypoint: main
              serviceAccountName: workflow
              %s
              templates:
              - name: main
                container: {image: "%s/team/tool:1"}
            """.formatted(spec, registry.host()));
        ClusterReader reader = new ClusterReader(Fact.known(cluster));
        Workflows followed = Workflows.of(
                new WorkflowRequest(given, "ci", "argo", ArgoVersion.parse("v4.0.5"), List.of()), reader, 4);
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            return new PodPulls(
                            followed.workflows(),
                            given,
                            "ci",
                            reader,
                            probe,
                            followed.controller(),
                            (namespace, name) -> Fact.known(true),
                            4)
                    .all().stream()
                            .collect(Collectors.toMap(
                                    row -> row.pull().consumer().label() + " " + row.container(),
                                    row -> row.pull().verdict(),
                                    (one, same) -> one));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldPullWithTheSecondCredentialWhereTheLookUpTakesOnlyTheFirst(boolean tokens) {
        try (RealRegistry registry = registry(tokens)) {
            assertThat(verdicts(
                            registry,
                            "[{name: good}, {name: old}]",
                            "",
                            secret("good", registry.host(), PASSWORD),
                            secret("old", registry.host() + "/team", "stale")))
                    .containsEntry("kubelet main", Verdict.OK)
                    .containsEntry("controller main", Verdict.REJECTED)
                    .containsEntry("kubelet init", Verdict.NOT_FOUND)
                    .containsEntry("kubelet wait", Verdict.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLookUpWithTheAccountsSecretThatIsHiddenFromTheKubelet(boolean tokens) {
        try (RealRegistry registry = registry(tokens)) {
            assertThat(verdicts(
                            registry,
                            "[{name: good}]",
                            "imagePullSecrets: [{name: other}]",
                            secret("good", registry.host(), PASSWORD),
                            secret("other", "other.example.com", "x")))
                    .containsEntry("kubelet main", Verdict.MISSING_OR_NO_RIGHT)
                    .containsEntry("controller main", Verdict.OK);
        }
    }
}
