package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a refusal of a real kube-apiserver, and a missing answer, are one cause. */
@NeedsServers
@ExtendWith(InRun.class)
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
        cluster.serviceAccount(namespace, "default");
        Report report = run(cluster.adminKubeconfig(), metadata);
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.FAIL
                        && (finding.check().equals("invalid-name")
                                || finding.check().equals("server-verdict")))
                .extracting(Finding::title)
                .containsExactly(title);
    }

    /** A misspelled namespace looks like one without rights. */
    @Test
    void shouldAskOnceWhetherANamespaceWithoutAnyRightExists() {
        User user = cluster.userWith(Right.of("list", "apps", "deployments", ""));

        Report report = run(cluster.kubeconfig(user), "{generateName: build-}", "no-such");

        Finding first = report.findings().get(0);
        assertThat(first.title()).isEqualTo("No right in namespace no-such: does it exist?");
        assertThat(first.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(first.remediation().get(0)).isEqualTo("kubectl get namespace no-such");
        assertThat(first.consequences())
                .extracting(finding -> finding.check() + " " + finding.outcome())
                .contains("may-submit WARN", "service-account-missing UNKNOWN", "server-verdict UNKNOWN");
        assertThat(report.findings().stream().skip(1))
                .extracting(Finding::detail)
                .noneMatch(detail -> detail.matches(".*not allowed to .* in namespace no-such.*"));
    }

    @Test
    void shouldReportAMissingNamespaceOnceWhereItCanBeRead() {
        User reader = cluster.userWith(
                Right.of("get", "", "namespaces", ""),
                Right.of("get", "", "serviceaccounts", ""),
                Right.of("get", "", "configmaps", ""));

        for (Path kubeconfig : List.of(cluster.adminKubeconfig(), cluster.kubeconfig(reader))) {
            Report report = run(kubeconfig, "{generateName: build-}", "no-such");

            assertThat(report.findings())
                    .filteredOn(finding -> finding.outcome() == Outcome.FAIL)
                    .extracting(Finding::title)
                    .containsExactly("Namespace no-such does not exist");
            assertThat(report.findings().get(0).consequences())
                    .extracting(Finding::check)
                    .contains("service-account-missing");
        }
    }

    /** A namespace that exists, and in which a login can read something, is no riddle. */
    @Test
    void shouldReportAMissingRightAsItIsWhereTheNamespaceCanBeRead() {
        cluster.serviceAccount(namespace, "default");
        User user = cluster.userWith(Right.of("get", "", "serviceaccounts", namespace));

        Report report = run(cluster.kubeconfig(user), "{generateName: build-}");

        assertThat(report.findings().get(0).title()).contains("is not allowed to create");
        assertThat(report.findings().get(0).consequences()).isEmpty();
    }

    private Path edited(String from, String to) throws IOException {
        String content = Files.readString(cluster.adminKubeconfig());
        assertThat(content).contains(from);
        return Files.writeString(folder.resolve("kubeconfig"), content.replace(from, to));
    }

    private Report run(Path kubeconfig, String metadata) {
        return run(kubeconfig, metadata, namespace);
    }

    private Report run(Path kubeconfig, String metadata, String in) {
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
            return Remediation.inShell(new Preflight(Fact.known(gateway), new NoRegistry(), 4)
                    .askingRegistries(false)
                    .run(Requests.of(new ManifestReader().read("w.yaml", workflow), in, "argo", "v4.0.5")));
        }
    }
}
