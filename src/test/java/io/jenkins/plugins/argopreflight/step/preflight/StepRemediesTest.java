package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import io.jenkins.plugins.argopreflight.testing.ServerBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepRemediesTest {

    private final StepRemedies remedies = new StepRemedies("prod");

    @Test
    void shouldPutTheStepBeforeTheCommand() {
        String command = "argo-preflight sync --name regcred -n ci,argo --service-account workflow --adopt"
                + " --registry registry.example.com --username team --password-stdin < password.txt";
        Report report = remedies.in(Preflights.full().worded(finding -> finding.remedied(List.of(command))));
        assertThat(report.ids()).isEqualTo(Preflights.full().ids());
        assertThat(report.findings()).extracting(Finding::remediation).containsOnly(List.of("""
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for user team of registry.example.com
                        argoRegistrySecret name: 'regcred', namespaces: ['ci', 'argo'], serviceAccounts: ['workflow'], \
                        adopt: true, cluster: 'prod',
                            registries: [[url: 'registry.example.com', credentialsId: 'CREDENTIALS_ID']]""", command));
    }

    @Test
    void shouldKeepWhatAShellDoesBesides() {
        assertThat(new StepRemedies("").step("""
                # write it anew
                kubectl -n ci delete secret legacy
                argo-preflight sync --name legacy -n ci --registry old.example.com --username USER --password-stdin""")).contains("""
                        // write it anew
                        // first, in a shell: kubectl -n ci delete secret legacy
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for old.example.com
                        argoRegistrySecret name: 'legacy', namespaces: ['ci'],
                            registries: [[url: 'old.example.com', credentialsId: 'CREDENTIALS_ID']]""");
    }

    @Test
    void shouldLeaveAloneWhatNoStepDoes() {
        assertThat(remedies.step("kubectl -n ci get pods")).isEmpty();
        assertThat(remedies.step("argo-preflight sync --name a -n ci --docker-config config.json"))
                .isEmpty();
    }

    /** Every such command that a check advises, but for those that read a file of the shell's. */
    @Test
    void shouldKnowEachCommandThatACheckAdvises() throws IOException {
        List<String> advised;
        try (Stream<Path> files = Files.walk(ServerBinaries.projectRoot().resolve("src/test/resources/checks"))) {
            advised = files.filter(file -> file.endsWith("expected.json"))
                    .flatMap(file -> texts(file).stream())
                    .filter(text -> text.contains("argo-preflight sync"))
                    .filter(text -> !text.contains("--docker-config"))
                    .toList();
        }
        assertThat(advised)
                .hasSizeGreaterThan(20)
                .allSatisfy(text -> assertThat(remedies.step(text))
                        .hasValueSatisfying(step -> assertThat(step).contains("argoRegistrySecret name: '")));
    }

    private static List<String> texts(Path file) {
        try {
            JsonNode expected = new ObjectMapper().readTree(file.toFile());
            return expected.findValues("remediation").stream()
                    .flatMap(list -> Stream.iterate(0, i -> i < list.size(), i -> i + 1)
                            .map(i -> list.get(i).asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
