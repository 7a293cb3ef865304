package io.jenkins.plugins.argopreflight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealArgo;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a refusal of a real kube-apiserver, and a missing answer, are one cause. */
@NeedsServers
class ConsequencesRealTest {

    private final RealCluster cluster = RealCluster.get();
    private final String namespace = cluster.namespace("once");

    @TempDir
    private Path folder;

    @Test
    void shouldReportACredentialThatIsNotAcceptedFirstAndOnce() throws IOException {
        assertOnce(edited(cluster.admin().token(), "canary-token"), "Unauthorized: the server does not accept");
    }

    @Test
    void shouldReportAServerThatIsNotThereFirstAndOnce() throws IOException {
        assertOnce(edited(cluster.url(), "https://127.0.0.1:1"), "https://127.0.0.1:1: connection refused");
    }

    private void assertOnce(Path kubeconfig, String reason) {
        Report report = run(kubeconfig, "{generateName: build-}");
        Finding first = report.findings().get(0);
        assertThat(first.check()).isEqualTo("no-cluster-access");
        assertThat(first.detail()).contains(reason).doesNotContain("canary-token");
        assertThat(first.consequences()).extracting(Finding::outcome).containsOnly(Outcome.UNKNOWN);
        assertThat(first.consequences()).extracting(Finding::check).contains("may-submit", "may-run", "server-verdict");
        assertThat(report.findings().stream().skip(1))
                .extracting(Finding::check)
                .containsExactly("registry-unreachable");
        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                       | The Workflow has no name
        {name: Build}            | "Build" is not a valid name of a Workflow
        {generateName: Build-}   | "Build-" is not a valid name of a Workflow
        """)
    void shouldReportANameThatTheServerRefusesOnce(String metadata, String title) {
        RealArgo.installKinds(cluster);
        cluster.serviceAccount(namespace, "default");
        Report report = run(cluster.adminKubeconfig(), metadata);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL
                        && (finding.check().equals("invalid-name")
                                || finding.check().equals("server-verdict")))
                .extracting(Finding::title)
                .containsExactly(title);
    }

    private Path edited(String from, String to) throws IOException {
        String content = Files.readString(cluster.adminKubeconfig());
        assertThat(content).contains(from);
        return Files.writeString(folder.resolve("kubeconfig"), content.replace(from, to));
    }

    private Report run(Path kubeconfig, String metadata) {
        String workflow = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: %s
            spec:
              entrypoint: main
              templates:
              - name: main
                container: {image: "alpine:3.20", command: [echo]}
            """.formatted(metadata);
        try (ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig))) {
            return new Preflight(Fact.known(gateway), new NoRegistry(), 4)
                    .asking(true, false)
                    .run(new PreflightRequest(
                            new ManifestReader().read("w.yaml", workflow),
                            List.of(),
                            namespace,
                            "argo",
                            ArgoVersion.parse("v4.0.5"),
                            Optional.empty(),
                            "",
                            List.of(),
                            Map.of(),
                            List.of(),
                            List.of(),
                            Gate.FAIL,
                            LocalDate.EPOCH));
        }
    }
}
