package io.jenkins.plugins.argopreflight.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static Terminal terminal(ByteArrayOutputStream out, Map<String, String> env) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Terminal(env, InputStream.nullInputStream(), stream, stream, false, false);
    }

    @Test
    void shouldReportTheReferenceCaseAndHoldEverySentence() {
        long start = System.nanoTime();
        Ran ran = Ran.with("demo");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains(
                        "Failed to pull image \"registry.example.com/team/image:v1.2\": "
                                + "unauthorized: authentication required",
                        "no ServiceAccount refers to it",
                        "2 namespaces changed; 6 pulls verified at the registry",
                        "argo/default [hub-old, regcred], ci/argo-workflow [mirror, regcred]",
                        "kubectl delete pod -l workflows.argoproj.io/workflow=build-x7k2p",
                        "0 writes, every namespace unchanged",
                        "the registry rejects user team")
                .doesNotContain("\u001b", "s3cret");
        assertThat(ran.out().lines().filter(line -> line.startsWith("  ✔ ")).count())
                .isGreaterThan(12);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void shouldBePaintedOnATerminal() {
        Ran ran = Ran.with(Map.of("CLICOLOR_FORCE", "1"), "", "demo");
        assertThat(ran.out()).contains("\u001b[1;36m── 1  The problem", "\u001b[32m✔");
        assertThat(Ran.with(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), "", "demo")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void shouldFailWhenTheRegistrySaysOtherwise() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DemoStage stage = new DemoStage()) {
            stage.changePassword(Password.of("changed behind its back"));
            DemoStory story = new DemoStory(stage, new Narrator(terminal(out, Map.of())));
            assertThatThrownBy(story::play)
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("the registry accepts it");
        }
    }

    @Test
    void shouldFailWhenTheClusterSaysOtherwise() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DemoStage stage = new DemoStage()) {
            stage.cluster().load("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: other, namespace: argo}
                imagePullSecrets: [{name: regcred}]
                """);
            DemoStory story = new DemoStory(stage, new Narrator(terminal(out, Map.of())));
            assertThatThrownBy(story::play)
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("no ServiceAccount refers to it");
        }
    }
}
