package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Causes whose titles are equal, since the title is shortened before the value in which they differ. */
@ExtendWith(InRun.class)
class SameTitleTest {

    private static final String LONG_NAME = "argo-workflow-of-the-team-that-builds-the-payment-service";

    private static List<Cause> diagnose(String objects) {
        return new Diagnose(MemoryCluster.of(objects), new NoRegistry(), 4)
                .run(new DiagnoseRequest(
                        "ci",
                        "build",
                        "",
                        "argo",
                        LogSource.read("--logs"),
                        List.of(),
                        Optional.of(Instant.parse("2026-11-26T12:00:00Z"))))
                .causes();
    }

    private static List<Cause> causesOfRefusals(String account, String first, String second) {
        return diagnose("""
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: build, namespace: ci, uid: u}
                spec:
                  entrypoint: main
                  serviceAccountName: %1$s
                  templates:
                  - {name: main, dag: {tasks: [{name: one, template: work}, {name: two, template: work}]}}
                  - {name: work, container: {image: a, command: [make]}}
                status:
                  phase: Failed
                  nodes:
                    build-1: {id: build-1, name: build.one, displayName: one, type: Pod, templateName: work,
                      phase: Error, message: 'workflowtaskresults.argoproj.io is forbidden: User
                        "system:serviceaccount:ci:%1$s" cannot %2$s resource "workflowtaskresults"'}
                    build-2: {id: build-2, name: build.two, displayName: two, type: Pod, templateName: work,
                      phase: Error, message: 'workflowtaskresults.argoproj.io is forbidden: User
                        "system:serviceaccount:ci:%1$s" cannot %3$s resource "workflowtaskresults"'}
                """.formatted(account, first, second));
    }

    @Test
    void shouldKeepCausesThatDifferAfterTheEndOfTheirTitle() {
        assertThat(causesOfRefusals(LONG_NAME, "create", "patch"))
                .extracting(Cause::check, Cause::nodes)
                .containsExactlyInAnyOrder(tuple("may-run", List.of("one")), tuple("may-run", List.of("two")));
    }

    @Test
    void shouldMergeCausesWithEqualValuesInAShortenedTitle() {
        assertThat(causesOfRefusals(LONG_NAME, "patch", "patch"))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.title()).endsWith("…").hasSizeLessThanOrEqualTo(Title.MAX_CHARACTERS);
                    assertThat(cause.nodes()).containsExactly("one", "two");
                });
    }
}
