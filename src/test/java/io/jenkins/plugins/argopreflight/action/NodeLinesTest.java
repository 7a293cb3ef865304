package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NodeLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void shouldPassTheLinesOfTheNodeOnly() throws IOException {
        String log = """
                Workflow ci/build submitted
                compile (Pod) Running
                [compile] first: ü
                [compile 42] of another
                [compile/sidecar] of a container
                [compiler] of another
                [2026-01-01T00:00:00.123Z] [compile] with a time
                [test] says [compile] no
                [compile] [compile] twice
                [compile]
                """;

        assertThat(of("compile", log)).isEqualTo("first: ü\nsidecar: of a container\nwith a time\n[compile] twice\n");
    }

    @Test
    void shouldLeaveColoursOut() throws IOException {
        assertThat(of("a", "[a] \u001b[31mred\u001b[0m\n")).isEqualTo("red\n");
    }

    @Test
    void shouldEndAtALimitAndSaySo() throws IOException {
        String line = "[a] " + "x".repeat(1000) + "\n";

        assertThat(of("a", line.repeat(20_000))).hasSizeLessThan(17 << 20).endsWith("in the log of the build\n");
    }

    private String of(String label, String log) throws IOException {
        NodeLines lines = new NodeLines(label, out);
        lines.write(log.getBytes(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8) + lines.end();
    }
}
