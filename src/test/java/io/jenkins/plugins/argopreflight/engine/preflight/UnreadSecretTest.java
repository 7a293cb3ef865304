package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixYaml;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reports on pods whose ServiceAccount lists a Secret that must not be read. */
@ExtendWith(InRun.class)
class UnreadSecretTest {

    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci}
        spec:
          entrypoint: main
          activeDeadlineSeconds: 600
          templates:
          - name: main
            container: {image: registry.example.com/team/image:v1.2, command: [/bin/tool]}
        """;

    private static Report report(String password, String... denied) throws IOException {
        MemoryCluster cluster = MemoryCluster.of(
                "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: ci},"
                        + " imagePullSecrets: [{name: regcred}, {name: other}]}",
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: regcred, namespace: ci}
                type: kubernetes.io/dockerconfigjson
                stringData:
                  .dockerconfigjson: '{"auths": {"registry.example.com": {"username": "team", "password": "%s"}}}'
                """.formatted(password));
        for (String name : denied) {
            cluster.deny(Right.of("get", "", "secrets", "ci").named(name));
        }
        Document registries = new ManifestReader()
                .read(
                        "registry.yaml",
                        Files.readString(ProjectRoot.path().resolve("src/test/resources/checks/shared/registry.yaml")))
                .get(0);
        return new Preflight(Fact.known(cluster), new RegistrySnapshot(registries, RegistrySettings.defaults()), 1)
                .run(Requests.of(new ManifestReader().read("w.yaml", WORKFLOW), "ci", "argo", "v4.0.5"));
    }

    @Test
    void shouldNoteASecretThatAWorkingPullDoesNotNeed() throws IOException {
        Report report = report("correct-horse-1", "other");

        assertThat(report.pulls()).extracting(PullRow::verdict).containsOnly(Verdict.OK);
        assertThat(report.findings()).extracting(Finding::check).doesNotContain("pull-secret-missing");
        assertThat(report.findings()).extracting(Finding::title).noneMatch(title -> title.contains("other"));
        assertThat(report.result()).isNotEqualTo(RunResult.UNCHECKED);
        assertThat(report.notes())
                .filteredOn(note -> note.kind().equals("secret-unread"))
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.title()).isEqualTo("Not checked: Secret other");
                    assertThat(note.detail()).contains("It matters only if it is malformed");
                });
        assertThat(report.checks())
                .filteredOn(row -> row.id().equals("pull-secret-malformed"))
                .extracting(Report.CheckRow::outcome)
                .containsExactly(Outcome.UNKNOWN);
        assertThat(report.missingRole()).doesNotContain("other");
    }

    @Test
    void shouldKeepASecretThatDecidesUnknownAndGrantTheRightToReadIt() throws IOException {
        Report report = report("wrong", "other");

        assertThat(report.findings())
                .filteredOn(finding -> finding.check().equals("pull-secret-missing"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
                    assertThat(finding.title()).isEqualTo("Could not check pull secret other");
                    assertThat(finding.fixes())
                            .flatExtracting(fix -> FixYaml.text(fix).stream().toList())
                            .singleElement()
                            .asString()
                            .contains("kind: Role\n", "kind: RoleBinding", "resourceNames: [\"other\"]");
                });
        assertThat(report.missingRole())
                .contains("kind: Role\n", "kind: RoleBinding", "resourceNames: [\"other\"]", "verbs: [\"get\"]");
        assertThat(report.notes()).noneMatch(note -> note.kind().equals("secret-unread"));
    }
}
