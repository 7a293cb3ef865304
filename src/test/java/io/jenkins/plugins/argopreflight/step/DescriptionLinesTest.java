package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescriptionLinesTest {

    private final DescriptionLines lines = new DescriptionLines();
    private final Text text = new Text();

    /** A text that takes a while between a read and a write. */
    private static final class Text implements DescriptionLines.Target {

        private volatile String text = "";

        @Override
        public String read() {
            String read = text;
            Thread.yield();
            return read;
        }

        @Override
        public void write(String other) {
            Thread.yield();
            text = other;
        }
    }

    @Test
    void shouldKeepTheTextThatIsThereAndAddALineOnce() throws IOException {
        text.write("mine");
        lines.add(text, "build-x: failed", "<br>");
        lines.add(text, "build-x: failed", "<br>");

        assertThat(text.read()).isEqualTo("mine<br>build-x: failed");
    }

    @Test
    void shouldKeepTheLinesOfParallelBranches() throws Exception {
        ExecutorService branches = Executors.newFixedThreadPool(DescriptionLines.MAX_LINES);
        try {
            for (int round = 0; round < 200; round++) {
                Text shared = new Text();
                DescriptionLines ofRound = new DescriptionLines();
                List<Future<?>> all = new ArrayList<>();
                for (int branch = 0; branch < DescriptionLines.MAX_LINES; branch++) {
                    String line = "build-" + branch + ": failed";
                    Callable<Void> add = () -> {
                        ofRound.add(shared, line, "\n");
                        return null;
                    };
                    all.add(branches.submit(add));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                assertThat(shared.read().lines()).hasSize(DescriptionLines.MAX_LINES);
            }
        } finally {
            branches.shutdownNow();
        }
    }

    @Test
    void shouldAddNoMoreThanAFewLines() throws IOException {
        text.write("mine");
        for (int i = 1; i <= 1000; i++) {
            lines.add(text, "build-" + i + ": failed", "\n");
        }
        new DescriptionLines().add(text, "after a restart: failed", "\n");

        List<String> expected = new ArrayList<>(List.of("mine"));
        IntStream.rangeClosed(1, DescriptionLines.MAX_LINES).forEach(i -> expected.add("build-" + i + ": failed"));
        expected.add("…");
        assertThat(text.read().lines()).containsExactlyElementsOf(expected);
    }
}
