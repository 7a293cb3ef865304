package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepLogTest {

    /** The beginning of a note, which Jenkins reads as an object. */
    private static final String NOTE = "\u001b[8mha:";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StepLog log = new StepLog(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void shouldKeepTheColoursOfALine() {
        log.printLine("[build] \u001b[31mred " + NOTE + " \u001b[2K##teamcity[x]\ry");
        assertThat(printed())
                .isEqualTo("[build] \u001b[31mred \\u001b[8mha: \\u001b[2K\\u0023#teamcity[x] y\u001b[0m\n");
    }

    @Test
    void shouldShowControlSequencesOfATextAsEscapes() {
        log.println("a " + NOTE + "\u001b[31m\n::error::b");
        assertThat(printed()).isEqualTo("a \\u001b[8mha:\\u001b[31m\n\\u003a:error::b\n");
    }
}
