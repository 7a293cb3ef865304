package io.jenkins.plugins.argopreflight.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisibleStreamTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream plain = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(Map.of(), InputStream.nullInputStream(), plain, plain, false, false);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldPrintWhatHidesAsAnEscape() {
        terminal.err().println("a\u202eb ü \u001b[2J");
        terminal.out().print("{\"name\": \"\u200b\"}\n");
        assertThat(printed()).isEqualTo("a\\u202eb ü \\u001b[2J\n{\"name\": \"\\u200b\"}\n");
    }

    @Test
    void shouldPrintNoCommandOfARunner() {
        terminal.out().print("a\n  ::error::x\n##vso[a]x\nb ::error::x\n");
        assertThat(printed()).isEqualTo("a\n  \\u003a:error::x\n\\u0023#vso[a]x\nb ::error::x\n");
    }

    @Test
    void shouldKeepColoursAndNothingElse() {
        terminal.err().println("\u001b[1mdone\u001b[0m a\rb\u001b[2Kc\u001b[8md\u001b[1;08me\u001b[38;5;8mf");
        assertThat(printed())
                .isEqualTo("\u001b[1mdone\u001b[0m a b\\u001b[2Kc\\u001b[8md\\u001b[1;08me"
                        + "\u001b[38;5;8mf\u001b[0m\n");
    }

    @Test
    void shouldTakeALineThatComesInPartsAsOne() {
        terminal.out().print("a ");
        terminal.out().flush();
        terminal.out().println("::error::x");
        assertThat(printed()).isEqualTo("a ::error::x\n");
    }
}
