package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.NamedGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A report of a configured cluster on whose address no one listens. */
@ExtendWith(InRun.class)
class UnreachableClusterTest {

    private static final String SERVER = "https://127.0.0.1:1";

    @TempDir
    private Path folder;

    @Test
    void shouldNameTheClusterAndItsTestOnce() throws IOException {
        Report report = check();
        Finding outage = report.findings().get(0);

        assertThat(outage.check()).isEqualTo("no-cluster-access");
        assertThat(outage.detail()).startsWith("Cluster \"gone\": connection refused; ");
        assertThat(outage.remediation())
                .singleElement()
                .asString()
                .contains("Manage Jenkins, System, Argo Preflight", "Test connection of cluster \"gone\"")
                .doesNotContain("kubectl");
        assertThat(outage.consequences()).extracting(Finding::check).contains("executor-image");
        assertThat(report.findings().stream().skip(1))
                .extracting(Finding::check)
                .containsExactly("registry-unreachable");
        assertThat(report.findings().toString()).doesNotContain(SERVER);
        assertThat(Summary.argo(report)).endsWith(" (assumed)");
        assertThat(new Html().render(report)).contains("Argo " + ArgoVersion.NEWEST + " (assumed)");
    }

    private Report check() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: gone
            contexts: [{name: gone, context: {cluster: gone, user: bot}}]
            clusters: [{name: gone, cluster: {server: "%s"}}]
            users: [{name: bot, user: {token: canary}}]
            """.formatted(SERVER));
        try (ClusterGateway cluster = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig))) {
            ClusterGateway named = new NamedGateway(cluster, "Cluster \"gone\"");
            Report report = new Preflight(Fact.known(named), new NoRegistry(Verdict.UNREACHABLE), 4).run(request());
            return VisibleReport.inStep(Remediation.inStep(PreflightRunner.withConnectionTest(report, "gone"), "gone"));
        }
    }

    private static PreflightRequest request() {
        return Requests.of(new ManifestReader().read("w.yaml", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Workflow
                    metadata: {generateName: build-}
                    spec:
                      entrypoint: main
                      templates:
                      - name: main
                        container: {image: "registry.example.com/team/image:v1", command: [make]}
                    """), "ci", "argo");
    }
}
