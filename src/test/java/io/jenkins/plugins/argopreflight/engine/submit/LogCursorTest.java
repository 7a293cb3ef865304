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
            assertThat(readCutAfter(cut, LOG))
                    .as("cut after " + cut)
                    .containsExactly("one", "two", "two", "three", "", "five");
        }
    }

    /** Standard output and error reach the log by two ways: a line can stand behind a younger one. */
    @Test
    void shouldReadLinesThatAreNotInTheOrderOfTheirTimesOnceWhereverTheLogWasCut() {
        List<String> log = List.of(
                "2026-01-01T00:00:00.9Z out 1",
                "2026-01-01T00:00:01.2Z err 1",
                "2026-01-01T00:00:01.1Z out 2",
                "2026-01-01T00:00:01.1Z out 3",
                "2026-01-01T00:00:01.3Z out 4",
                "2026-01-01T00:00:01.2Z err 2");

        for (int cut = 0; cut <= log.size(); cut++) {
            assertThat(readCutAfter(cut, log))
                    .as("cut after " + cut)
                    .containsExactly("out 1", "err 1", "out 2", "out 3", "out 4", "err 2");
        }
    }

    @Test
    void shouldReadEveryLineOfTheFileThatFollowsARotation() {
        LogCursor cursor = new LogCursor();
        List.of("2026-01-01T00:00:01.1Z one", "2026-01-01T00:00:01.2Z two").forEach(cursor::take);
        cursor.reopened();

        assertThat(cursor.take("2026-01-01T00:00:01.3Z three")).contains("three");
    }

    @Test
    void shouldShowNothingOfALogThatWasReadFromAnArchive() {
        LogCursor cursor = LogCursor.of(LogCursor.ARCHIVED);
        cursor.reopened();

        assertThat(cursor.take("2026-01-01T00:00:01.3Z one")).isEmpty();
    }

    @Test
    void shouldShowALineWithoutATime() {
        assertThat(new LogCursor().take("unable to retrieve container logs"))
                .contains("unable to retrieve container logs");
    }

    private static List<String> readCutAfter(int cut, List<String> log) {
        List<String> read = new ArrayList<>();
        LogCursor first = new LogCursor();
        log.subList(0, cut).forEach(line -> first.take(line).ifPresent(read::add));
        LogCursor second = cut == 0 ? new LogCursor() : LogCursor.of(first.toString());
        second.reopened();
        String since =
                second.since().map(time -> time.toString().replace("Z", "")).orElse("");
        log.stream()
                .filter(line -> line.compareTo(since) >= 0)
                .forEach(line -> second.take(line).ifPresent(read::add));
        return read;
    }
}
