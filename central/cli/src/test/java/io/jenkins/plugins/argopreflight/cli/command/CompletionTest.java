package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.cli.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    @Test
    void shouldBeAScriptThatBashReads(@TempDir Path folder) throws IOException, InterruptedException {
        Ran ran = Ran.with("completion");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("--service-account", "login-check").doesNotContain("--docker-password");
        Path script = Files.writeString(folder.resolve("completion"), ran.out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
    }

    @Test
    void shouldCompleteOptions(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("completion"), Ran.with("completion").out());
        String ask = "compopt() { :; }; source " + script + "; COMP_WORDS=(argo-preflight sync --serv); COMP_CWORD=2; "
                + "_complete_argo-preflight; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said.strip()).isEqualTo("--service-account");
    }
}
