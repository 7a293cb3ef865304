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
    void shouldKeepColoursAndTheLineOfAProgress() {
        terminal.err().print("\r\u001b[Kreading");
        terminal.err().flush();
        terminal.err().print("\r\u001b[K\u001b[1mdone\u001b[0m");
        terminal.err().flush();
        assertThat(printed()).isEqualTo("\r\u001b[Kreading\r\u001b[K\u001b[1mdone\u001b[0m");
    }

    @Test
    void shouldTakeALineThatComesInPartsAsOne() {
        terminal.out().print("a ");
        terminal.out().flush();
        terminal.out().println("::error::x");
        assertThat(printed()).isEqualTo("a ::error::x\n");
    }
}
