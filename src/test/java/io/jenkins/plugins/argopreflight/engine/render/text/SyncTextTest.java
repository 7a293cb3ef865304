package io.jenkins.plugins.argopreflight.engine.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.preflight.SampleReports;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.SyncJson;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport.Cost;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncTextTest {

    private static final Cost COST = new Cost(2, 1, 0, 1, 40);

    private static final SyncRequest REQUEST = SampleReports.request(SyncRequest.Options.NONE);

    private static String plain(SyncReport report) {
        return new SyncText(Style.PLAIN).render(REQUEST, report);
    }

    private static SyncReport of(boolean dryRun, List<NamespaceOutcome> namespaces, List<PullRow> pulls) {
        return new SyncReport("https://x", "me", dryRun, namespaces, pulls, List.of(), COST);
    }

    @Test
    void shouldReportEverythingInOrder() {
        assertThat(plain(SampleReports.everything())).isEqualTo("""
            ✘ Secret regcred: 1 namespace unchanged, 1 namespace changed, 1 namespace refused; 1 pull verified at the registry, 1 pull would fail

              refused    ci-2
                  not allowed to update serviceaccounts in namespace ci-2
                  note: blind mode: no get on secrets
            kind: Role
            metadata:
              namespace: ci-2
            ---
            kind: RoleBinding
            metadata:
              namespace: ci-2
              changed    argo
                  Secret regcred created
                    + registry.example.com: team ***
                  ServiceAccount default bound
                    + imagePullSecrets: regcred
              unchanged  ci-1

            Image pulls
              VERDICT              IMAGE                                 CONSUMER  CREDENTIALS USED, AND THE ANSWER                                             FOR
              name or credentials  nginx                                 kubelet   Secret x: illegal base64                                                     ci-1/default
              not readable
                  fix Secret x
              ok                   registry.example.com/team/image:v1.2  kubelet   team of regcred [registry.example.com]: ok (200), ends 2027-01-01T00:00:00Z  argo/default

            Created before, with the old list of image pull Secrets: recreate them
              ci-2/build-1  Pending  Workflow/build
                  kubectl delete pod build-1 -n x
                  # Argo recreates it

            Could not check
              ? pods in namespace ci-1: not allowed to list pods in namespace ci-1

            9 requests to the cluster (2 writes), 4 to registries, 0.8 s
            """);
    }

    @Test
    void shouldBeShortWhenAllIsWell() {
        assertThat(plain(of(false, List.of(SampleReports.unchanged("argo")), List.of())))
                .isEqualTo("""
                    ✔ Secret regcred: 1 namespace unchanged

                      unchanged  argo

                    3 requests to the cluster (1 write), 1 to registries, 0.0 s
                    """);
    }

    @Test
    void shouldSayThatADryRunWroteNothing() {
        assertThat(plain(of(true, List.of(SampleReports.changed("argo")), List.of())))
                .startsWith("✔ Dry run, nothing written: Secret regcred: 1 namespace would change\n")
                .contains("  would change  argo\n")
                .doesNotContain("  changed ");
    }

    @Test
    void shouldFoldNamespacesAndPullsThatAreAlike() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "ci-" + i).toList();
        String text = plain(of(
                false,
                names.stream().map(SampleReports::changed).toList(),
                names.stream()
                        .map(name -> SampleReports.pull(name, Verdict.OK, ""))
                        .toList()));
        assertThat(text)
                .contains("100 namespaces changed; 100 pulls verified at the registry")
                .contains("changed  ci-0, ci-1, ci-2 and 97 more\n")
                .contains("\n      for ci-0/default, ci-1/default, ci-2/default and 97 more\n");
        assertThat(text.lines().count()).isLessThan(20);
    }

    @Test
    void shouldNotLetAServerWriteToTheTerminal() {
        String evil = "\u001b[2J\u009b31m\r\nforged line\u202e";
        NamespaceOutcome outcome = new NamespaceOutcome(
                "a" + evil,
                Status.REFUSED,
                List.of(),
                Problem.of(evil),
                List.of(Instruction.line(evil)),
                List.of(),
                List.of(evil));
        PullRow pull = SampleReports.pull(evil, evil, List.of(), evil, Verdict.INVALID, evil);
        String text = plain(of(false, List.of(outcome), List.of(pull)));
        assertThat(text).doesNotContain("\u001b", "\u009b", "\u202e", "\r").contains("forged line");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("forged line"));
    }

    @Test
    void shouldColourWithoutChangingTheText() {
        String coloured = new SyncText(Style.ANSI).render(REQUEST, SampleReports.everything());
        assertThat(coloured).contains("\u001b[32m", "\u001b[1;31m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain(SampleReports.everything()));
    }

    @Test
    void shouldHoldNoSecret() {
        assertThat(plain(SampleReports.everything()) + new SyncJson().render(REQUEST, SampleReports.everything()))
                .doesNotContain(SampleReports.CANARY);
    }
}
