package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry with another answer for each consumer of credentials, and a report that shows them all. */
@NeedsServers(Server.REGISTRY)
@ExtendWith(InRun.class)
class ThreeConsumersTest {

    private static final Path GOLDEN = ProjectRoot.path().resolve("src/test/resources/report");
    private static final String PASSWORD = "s3cret-of-the-team";
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build, namespace: ci}
        spec:
          entrypoint: main
          serviceAccountName: workflow
          activeDeadlineSeconds: 600
          artifactGC: {strategy: OnWorkflowDeletion}
          templates:
          - name: main
            container: {image: "REGISTRY/team/tool:1", args: [build]}
            outputs: {artifacts: [{name: out, path: /out}]}
        """;
    private static final String CLUSTER = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ci}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: workflow, namespace: ci}
        imagePullSecrets: [{name: good}, {name: old}]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default, namespace: ci}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: good, namespace: ci}
        type: kubernetes.io/dockerconfigjson
        stringData:
          .dockerconfigjson: '{"auths": {"REGISTRY": {"username": "team", "password": "s3cret-of-the-team"}}}'
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: old, namespace: ci}
        type: kubernetes.io/dockerconfigjson
        stringData:
          .dockerconfigjson: '{"auths": {"REGISTRY/team": {"username": "team", "password": "before-the-move"}}}'
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: workflow-controller-configmap, namespace: argo}
        data:
          executor: "image: REGISTRY/team/argoexec:v4.0.5"
          artifactRepository: "s3: {bucket: builds, endpoint: 's3:9000', accessKeySecret: {name: s3, key: a}}"
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: argo-look-ups}
        rules: [{apiGroups: [""], resources: [secrets, serviceaccounts], verbs: [get, list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: argo-look-ups}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: argo-look-ups}
        subjects: [{kind: ServiceAccount, name: argo, namespace: argo}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: workflow-controller, namespace: argo}
        spec:
          template:
            spec:
              serviceAccountName: argo
              containers:
              - {name: workflow-controller, image: "quay.io/argoproj/workflow-controller:v4.0.5"}
        """;

    @ParameterizedTest
    @ValueSource(strings = {"basic", "token"})
    void shouldShowEachConsumersAnswerInOneReport(String authentication) throws IOException {
        try (RealRegistry registry = registry(authentication)) {
            Report report = report(registry);
            assertThat(report.pulls())
                    .extracting(row -> row.consumer().label() + " " + row.container() + " as " + row.serviceAccount()
                            + ": " + row.verdict().label())
                    .containsExactlyInAnyOrder(
                            "kubelet main as workflow: ok",
                            "controller main as workflow: rejected",
                            "kubelet init as workflow: not-found",
                            "kubelet wait as workflow: not-found",
                            "kubelet main as default: missing-or-no-right");
            String text = new PreflightText(Style.PLAIN).render(report);
            assertThat(text).doesNotContain(PASSWORD, "before-the-move");
            String sentence = "The same image is fine for one and broken for another: " + registry.host()
                    + "/team/tool:1 works for the kubelet as ci/workflow (main), and not for the controller's look-up"
                    + " as ci/workflow (main): credentials refused.";
            assertThat(text.replaceAll("\\s+", " ")).contains(sentence);
            assertThat(new Html().render(report)).contains(sentence.replace("'", "&#39;"));
            assertThat(new Markdown().render(report)).contains("works for the kubelet as ci/workflow");
            golden("three-consumers-" + authentication + ".txt", text.replace(registry.host(), hidden(registry)));
        }
    }

    private static RealRegistry registry(String authentication) {
        Map<String, String> logins = Map.of("team", PASSWORD);
        RealRegistry registry =
                authentication.equals("token") ? RealRegistry.withTokens(logins) : RealRegistry.withPasswords(logins);
        registry.push("team/tool", "1");
        registry.push("team/argoexec", "v3.7.0");
        return registry;
    }

    private static Report report(RealRegistry registry) {
        MemoryCluster cluster = MemoryCluster.of();
        cluster.load(CLUSTER.replace("REGISTRY", registry.host()));
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            return Remediation.inShell(new Preflight(Fact.known(cluster), probe, 4)
                    .run(Requests.of(
                            new ManifestReader().read("build.yaml", WORKFLOW.replace("REGISTRY", registry.host())),
                            "ci",
                            "argo",
                            "v4.0.5")));
        }
    }

    /** Returns a name as long as the real one, so that columns stay where they are. */
    private static String hidden(RealRegistry registry) {
        return registry.host().replaceFirst(":\\d+$", ":")
                + "P".repeat(registry.host().replaceFirst(".*:", "").length());
    }

    /** {@code -Dgolden.write=true} writes it again. */
    private static void golden(String name, String text) throws IOException {
        String timeless = text.replaceAll("\\d+ requests? to the cluster, .*", "N requests")
                .replaceAll("localhost:\\d+", "localhost:PPPPP");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN.resolve(name), timeless);
        }
        assertThat(timeless).isEqualTo(Files.readString(GOLDEN.resolve(name)));
    }
}
