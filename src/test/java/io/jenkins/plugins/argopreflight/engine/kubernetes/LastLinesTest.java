package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastLinesTest {

    private static List<String> last(int most, String text) throws IOException {
        LastLines lines = new LastLines(most);
        lines.write(text.getBytes(StandardCharsets.UTF_8));
        return lines.lines();
    }

    @Test
    void shouldKeepTheLastLines() throws IOException {
        assertThat(last(2, "one\ntwo\r\nthree")).containsExactly("two", "three");
        assertThat(last(3, "\n\n")).containsExactly("", "");
        assertThat(last(3, "")).isEmpty();
    }

    @Test
    void shouldCutALongLine() throws IOException {
        assertThat(last(9, "ä".repeat(20_000) + "\nnext"))
                .containsExactly("ä".repeat(LastLines.MAX_LINE_BYTES / 2) + " …", "next");
    }

    /** Fewer lines than are kept, and none that is too long. */
    @Test
    void shouldKeepNoMoreBytesThanItsLimit() throws IOException {
        LastLines lines = new LastLines(100_000);
        for (int i = 0; i < 1_000; i++) {
            lines.write(("x".repeat(16_000) + i + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 100; i++) {
            lines.write('\n');
        }
        assertThat(lines.lines()).hasSizeBetween(200, 300).contains("x".repeat(16_000) + 999);
    }
}
