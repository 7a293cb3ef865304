package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class PreflightTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci}
        spec:
          entrypoint: main
          templates:
          - name: main
            container: {image: registry.example.com/team/image:v1.2, command: [make]}
        """;

    private final MemoryCluster cluster = MemoryCluster.of();

    private Report run(Fact<ClusterGateway> gateway, Gate gate, Suppression... ignores) {
        return Remediation.inShell(new Preflight(gateway, new NoRegistry(), 4)
                .askingRegistries(false)
                .run(request(gate, ignores)));
    }

    private static PreflightRequest request(Gate gate, Suppression... ignores) {
        return PreflightRequest.builder(new ManifestReader().read("w.yaml", WORKFLOW), "ci", "argo")
                .gateOptions(Requests.gateOptions(gate, ignores))
                .today(TODAY)
                .build();
    }

    private static Suppression ignore(String check, String until) {
        return new Suppression(check, "for the test", Optional.of(LocalDate.parse(until)));
    }

    @Test
    void shouldSayWhatWasJudgedAndByWhom() {
        Report report = run(Fact.known(cluster), Gate.FAIL);
        assertThat(report.identity().user()).isEqualTo("kubernetes-admin");
        assertThat(report.versions().kubernetes()).isEqualTo("v1.34.4");
        assertThat(report.versions().cluster()).isEqualTo("memory");
        assertThat(report.subjects())
                .containsExactly(new Report.SubjectRow("w.yaml", 1, "Workflow", "ci", "build-", List.of(), List.of()));
        assertThat(report.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.workflow()).isEqualTo("build-");
            assertThat(pod.kind()).isEqualTo(ArgoPod.Kind.WORKLOAD);
            assertThat(pod.serviceAccount()).isEqualTo("default");
        });
        assertThat(report.cost().apiCalls()).isPositive();
    }

    @Test
    void shouldReportTheRightWithoutWhichTheControllersAccountIsUnknown() {
        Right right = Right.of("list", Resource.SERVICE_ACCOUNTS, "argo");
        cluster.deny(right);

        Report report = run(Fact.known(cluster), Gate.FAIL);

        assertThat(report.missingRole()).contains("namespace: \"argo\"", "serviceaccounts", "list");
        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("may-control"))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.evidence()).contains("missing right: list serviceaccounts in namespace argo");
                    assertThat(String.join("\n", finding.remediation()))
                            .contains("serviceaccounts", "kubernetes-admin");
                });
    }

    @Test
    void shouldReadBackWhatItWrote() {
        cluster.deny(Right.of("list", "apps", "deployments", "argo"));
        cluster.deny(Right.of("get", "apps", "deployments", "argo"));
        Report report = run(Fact.known(cluster), Gate.FAIL, ignore("docker-socket", "2026-11-24"));
        assertThat(report.unknown()).isNotEmpty();
        assertThat(report.missingRole()).contains("deployments", "workflow-controller");
        assertThat(report.findings())
                .anySatisfy(finding -> assertThat(finding.fixes()).isNotEmpty());
        Report read = new PreflightJson().read(new PreflightJson().render(report));
        assertThat(new PreflightJson().tree(read)).isEqualTo(new PreflightJson().tree(report));
        assertThat(withoutFixes(read)).isEqualTo(withoutFixes(report));
    }

    private static Report withoutFixes(Report report) {
        return report.worded(finding -> finding.withFixes(List.of()));
    }

    @Test
    void shouldBeUncheckedWithoutAClusterThatWasToBeAsked() {
        Fact<ClusterGateway> none = Fact.unknown("no kubeconfig");
        assertThat(run(none, Gate.FAIL).result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(run(none, Gate.NEVER).result()).isEqualTo(RunResult.UNCHECKED);
        assertThat(new Preflight(none, new NoRegistry(), 4)
                        .askingCluster(false)
                        .askingRegistries(false)
                        .run(request(Gate.NEVER))
                        .result())
                .isEqualTo(RunResult.OK);
    }

    @Test
    void shouldNoteAnIgnoreThatHasExpiredAndCountItsFindingsAgain() {
        Report report = run(Fact.known(cluster), Gate.FAIL, ignore("service-account-missing", "2026-11-24"));
        assertThat(report.notes()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("ignore-expired");
            assertThat(note.title()).isEqualTo("The suppression of service-account-missing has expired");
            assertThat(note.detail()).contains("valid until 2026-11-24", "for the test");
        });
        assertThat(report.findings())
                .flatExtracting(Finding::consequences)
                .anyMatch(finding -> finding.check().equals("service-account-missing"));
        assertThat(report.ignored()).isEmpty();
        Report valid = run(Fact.known(cluster), Gate.FAIL, ignore("service-account-missing", "2026-11-25"));
        assertThat(valid.notes()).isEmpty();
        assertThat(valid.ignored()).isNotEmpty();
    }

    @Test
    void shouldReportSuppressionsOfRemovedChecksInOneNoteThatNoGateCounts() {
        Report report = run(
                Fact.known(cluster),
                Gate.WARN,
                ignore("debug-pause", "2027-11-24"),
                ignore("no-deadline", "2026-11-24"),
                ignore("debug-pause", "2027-11-24"));
        assertThat(report.notes()).singleElement().satisfies(note -> {
            assertThat(note.kind()).isEqualTo("ignore-retired");
            assertThat(note.detail())
                    .containsOnlyOnce("there is no check debug-pause any more")
                    .contains("there is no check no-deadline any more: it is a note of the report now");
        });
        assertThat(report.findings())
                .isEqualTo(run(Fact.known(cluster), Gate.WARN).findings());
        assertThat(report.result())
                .isEqualTo(run(Fact.known(cluster), Gate.WARN).result());
        assertThat(report.ignored()).isEmpty();
    }

    @Test
    void shouldRefuseToIgnoreWhatIsNoCheck() {
        assertThatThrownBy(() -> run(Fact.known(cluster), Gate.FAIL, ignore("docker-sockt", "2026-11-25")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no check \"docker-sockt\" to ignore; did you mean docker-socket?");
    }
}
