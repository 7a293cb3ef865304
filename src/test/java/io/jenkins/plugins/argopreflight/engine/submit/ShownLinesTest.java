package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownLinesTest {

    private static final List<String> LINES = List.of("[a] one", "[a] .", "[b] .", "[a] .", "[a] .", "[a] two");

    /** Stored after some lines and killed after some more: the next process reads what is not in the record again. */
    @Test
    void shouldShowEachLineOnceWhereverTheProcessWasKilled() {
        for (int stored = 0; stored <= LINES.size(); stored++) {
            for (int killed = stored; killed <= LINES.size(); killed++) {
                List<String> log = new ArrayList<>(LINES.subList(0, killed));
                ShownLines shown = new ShownLines(text(LINES.subList(stored, killed)));

                LINES.subList(stored, LINES.size()).stream()
                        .filter(line -> !shown.remove(line))
                        .forEach(log::add);

                assertThat(log)
                        .as("stored after " + stored + ", killed after " + killed)
                        .containsExactlyInAnyOrderElementsOf(LINES);
            }
        }
    }

    @Test
    void shouldNotCountALineThatWasCutOff() {
        ShownLines shown = new ShownLines("[a] one\n[a] tw");

        assertThat(shown.remove("[a] one")).isTrue();
        assertThat(shown.remove("[a] tw")).isFalse();
    }

    @Test
    void shouldKnowLinesBehindTheTimeThatAPluginWrites() {
        ShownLines shown = new ShownLines("[2026-01-01T00:00:00.123Z] [a] one\r\n[2026-01-01T00:00:00Z] two\n");

        assertThat(shown.remove("[a] one")).isTrue();
        assertThat(shown.remove("two")).isTrue();
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
