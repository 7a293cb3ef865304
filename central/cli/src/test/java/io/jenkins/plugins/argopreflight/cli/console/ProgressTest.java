package io.jenkins.plugins.argopreflight.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Terminal terminal(boolean tty) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Terminal(Map.of(), InputStream.nullInputStream(), System.out, stream, tty, tty);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldRewriteOneLineOnATerminalAndWipeItOut() throws InterruptedException {
        try (Progress progress = Progress.counting(terminal(true), "namespaces done")) {
            progress.step();
            progress.step();
            for (int i = 0; i < 100 && said().isEmpty(); i++) {
                Thread.sleep(50);
            }
            assertThat(said())
                    .startsWith("\r\u001b[Kargo-preflight: 2 namespaces done, ")
                    .doesNotContain("\n");
        }
        assertThat(said()).endsWith("\r\u001b[K");
    }

    @Test
    void shouldSayNothingOfAShortCommand() throws InterruptedException {
        try (Progress progress = Progress.of(terminal(false), "checking workflows")) {
            progress.step();
            Thread.sleep(1_200);
        }
        assertThat(said()).isEmpty();
    }
}
