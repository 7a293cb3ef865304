package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCursorTest {

    private static final List<String> LOG = List.of(
            "2026-01-01T00:00:00.1Z one",
            "2026-01-01T00:00:00.1Z two",
            "2026-01-01T00:00:00.1Z two",
            "2026-01-01T00:00:00.100000001Z three",
            "2026-01-01T00:00:01Z ",
            "2026-01-01T00:00:01.5Z five");

    /** Cut after each line, read again from the whole second: every line once, also after a restart. */
    @Test
    void shouldReadEachLineOnceWhereverTheLogWasCut() {
        for (int cut = 0; cut <= LOG.size(); cut++) {
            List<String> read = new ArrayList<>();
            LogCursor first = new LogCursor();
            LOG.subList(0, cut).forEach(line -> first.take(line).ifPresent(read::add));
            LogCursor second = cut == 0 ? new LogCursor() : LogCursor.of(first.toString());
            second.reopened();
            String since =
                    second.since().map(time -> time.toString().replace("Z", "")).orElse("");
            LOG.stream()
                    .filter(line -> line.compareTo(since) >= 0)
                    .forEach(line -> second.take(line).ifPresent(read::add));

            assertThat(read).as("cut after " + cut).containsExactly("one", "two", "two", "three", "", "five");
        }
    }

    @Test
    void shouldShowALineWithoutATime() {
        assertThat(new LogCursor().take("unable to retrieve container logs"))
                .contains("unable to retrieve container logs");
    }
}
