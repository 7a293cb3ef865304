package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class NodesReaderTest {

    /** 83 KiB of it became 1.3 GB of trees. */
    @Test
    void shouldRefuseANodeWhoseTreeIsManyTimesItsText() throws IOException {
        String text = compressed("{\"n\":{\"id\":\"n\",\"x\":[", "[],", 1_000_000, "[]]}}");
        assertThatIOException()
                .isThrownBy(() -> NodesReader.read(text))
                .withMessage("status.compressedNodes has a node of more than 8 MiB");
    }

    @Test
    void shouldReadManyNodes() throws IOException {
        StringBuilder nodes = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            nodes.append(
                    "\"n%d\":{\"id\":\"n%d\",\"phase\":\"Succeeded\",\"children\":[\"a\",\"b\"]},".formatted(i, i));
        }
        assertThat(NodesReader.read(compressed("{", nodes.toString(), 1, "\"last\":{\"id\":\"last\"}}")))
                .hasSize(20_001);
    }

    private static String compressed(String begin, String part, int times, String end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < times; i++) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
