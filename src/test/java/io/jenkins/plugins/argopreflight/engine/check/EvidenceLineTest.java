package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The data of evidence, and its lines. */
@ExtendWith(InRun.class)
class EvidenceLineTest {

    private static final CheckInfo INFO =
            new CheckInfo("one-check", "One thing is wrong", Severity.ERROR, Topic.WORKFLOW);

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        EvidenceLine.exchange("dry run", "pods \"a\" is forbidden"),
                        "dry run: pods \"a\" is forbidden"),
                Arguments.of(
                        new EvidenceLine.Exchange(
                                "container main", "busybox:9", 404, "MANIFEST_UNKNOWN", "no such tag"),
                        "container main: busybox:9: 404 MANIFEST_UNKNOWN: no such tag"),
                Arguments.of(
                        new EvidenceLine.Exchange("container main", "busybox:9", 429, "", "slow down"),
                        "container main: busybox:9: 429 slow down"),
                Arguments.of(
                        new EvidenceLine.Exchange("container main", "busybox:9", 401, "DENIED", ""),
                        "container main: busybox:9: 401 DENIED:"),
                Arguments.of(
                        new EvidenceLine.Exchange("container main", "b:9", 503, "", ""), "container main: b:9: 503"),
                Arguments.of(
                        new EvidenceLine.Exchange("container main", "b:9", 0, "", "no answer within 10 s"),
                        "container main: b:9: no answer within 10 s"),
                Arguments.of(EvidenceLine.field("status.phase", "Lost"), "status.phase: Lost"),
                Arguments.of(
                        EvidenceLine.field("spec.nodeAffinity", "zone in [a]").of("PersistentVolume data"),
                        "PersistentVolume data, spec.nodeAffinity: zone in [a]"),
                Arguments.of(
                        EvidenceLine.field("priorityClassName", "high").from("workflow: spec.podPriorityClassName"),
                        "priorityClassName: high, set by workflow: spec.podPriorityClassName"),
                Arguments.of(EvidenceLine.words("Insufficient cpu"), "Insufficient cpu"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldBeOneLineOfText(EvidenceLine evidence, String line) {
        assertThat(evidence.text()).isEqualTo(line);
        Finding finding = Finding.fail(INFO, Subject.of("Pod", "ci", "a", ""), "It is wrong.")
                .evidence(evidence);
        assertThat(finding.evidence()).containsExactly(line);
        assertThat(finding.observations()).containsExactly(evidence);
    }

    @Test
    void shouldHaveTheCheckAsItsCauseUnlessTheCheckDistinguishesMore() {
        Finding finding = Finding.fail(INFO, Subject.of("Pod", "ci", "a", ""), "It is wrong.");
        assertThat(finding.cause()).isEqualTo("one-check");
        assertThat(finding.cause(KeyringNote.Kind.NO_ENTRIES).cause()).isEqualTo("no-entries");
    }

    private static Finding found(String check, String name) throws IOException {
        CheckFixture fixture = CheckFixture.all().stream()
                .filter(each -> each.check().equals(check) && each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Check checks = Checks.all().stream()
                .filter(each -> each.info().id().equals(check))
                .findFirst()
                .orElseThrow();
        return new CheckRunner(List.of(checks))
                .run(fixture.facts())
                .get(0)
                .findings()
                .get(0);
    }

    @Test
    void shouldHoldARegistrysAnswerToAPull() throws IOException {
        Finding finding = found("credential-rejected", "fail-old-password");
        assertThat(finding.cause()).isEqualTo("rejected");
        assertThat(finding.observations())
                .containsExactly(new EvidenceLine.Exchange(
                        "container main",
                        "registry.example.com/team/image:v1.2",
                        401,
                        "UNAUTHORIZED",
                        "authentication required"));
    }

    @Test
    void shouldHoldTheServersWordsOnADryRun() throws IOException {
        Finding finding = found("admission-policy", "fail-policy");
        assertThat(finding.cause()).isEqualTo("policy");
        assertThat(finding.observations().get(0)).isInstanceOfSatisfying(EvidenceLine.Exchange.class, exchange -> {
            assertThat(exchange.request()).isEqualTo("dry run");
            assertThat(exchange.answer()).contains("ValidatingAdmissionPolicy");
        });
    }

    @Test
    void shouldHoldAFieldOfAClaim() throws IOException {
        Finding finding = found("claim-unbound", "fail-lost");
        assertThat(finding.cause()).isEqualTo("claim-unbound");
        assertThat(finding.observations()).containsExactly(EvidenceLine.field("status.phase", "Lost"));
    }
}
