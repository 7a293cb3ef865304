package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The first finding is the one that ends the workflow first. */
@ExtendWith(InRun.class)
class FindingOrderTest {

    private static final Map<String, CheckInfo> CHECKS =
            Checks.all().stream().map(Check::info).collect(Collectors.toMap(CheckInfo::id, info -> info));

    private static Finding fail(String check, String... pods) {
        return Finding.fail(CHECKS.get(check), Subject.of("Workflow", "ci", "build-", ""), "It fails.")
                .pods(List.of(pods));
    }

    private static Finding unknown(String check) {
        return Finding.unknown(CHECKS.get(check), Subject.of("Workflow", "ci", "build-", ""), "It is unknown.");
    }

    private static List<String> order(Finding... findings) {
        List<CheckResult> results = Checks.all().stream()
                .map(check -> new CheckResult(
                        check.info(),
                        Outcome.FAIL,
                        Stream.of(findings)
                                .filter(finding ->
                                        finding.check().equals(check.info().id()))
                                .toList()))
                .toList();
        return FindingOrder.of(results).stream()
                .map(finding -> finding.outcome() + " " + finding.check())
                .toList();
    }

    /** The same workflow, from the API server that takes it to the artifacts that it leaves. */
    @Test
    void shouldFollowTheWorkflow() {
        List<String> ids = List.of(
                "unknown-field",
                "invalid-name",
                "may-submit",
                "instance-id",
                "parameter-without-value",
                "unresolved-reference",
                "refused-by-argo",
                "service-account-missing",
                "pod-security",
                "quota",
                "node-selector-no-match",
                "pull-secret-missing",
                "image-not-found",
                "missing-secret",
                "may-run",
                "command-line-in-one-word",
                "may-collect-artifacts");
        List<String> listed = Checks.all().stream()
                .map(check -> check.info().id())
                .filter(ids::contains)
                .toList();
        assertThat(CHECKS.keySet()).containsAll(ids);
        assertThat(listed).isEqualTo(ids);
    }

    @Test
    void shouldBeginWithAClusterThatGivesNoAnswer() {
        assertThat(order(fail("unknown-field"), unknown("no-cluster-access"), unknown("may-run")))
                .containsExactly("UNKNOWN no-cluster-access", "FAIL unknown-field", "UNKNOWN may-run");
    }

    @Test
    void shouldShowTheWorstFirst() {
        assertThat(order(
                        unknown("may-submit"),
                        Finding.warn(
                                CHECKS.get("docker-socket"), Subject.of("Workflow", "ci", "a", ""), "It can fail."),
                        fail("image-not-found", "build-*")))
                .containsExactly("FAIL image-not-found", "WARN docker-socket", "UNKNOWN may-submit");
    }

    @Test
    void shouldShowTheWholeWorkflowBeforeItsPods() {
        assertThat(order(fail("invalid-name", "build-*"), fail("server-verdict"), fail("may-run", "build-*")))
                .containsExactly("FAIL server-verdict", "FAIL invalid-name", "FAIL may-run");
    }
}
