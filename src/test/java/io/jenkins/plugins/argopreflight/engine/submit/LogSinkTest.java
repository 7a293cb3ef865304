package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSinkTest {

    private final List<String> lines = new ArrayList<>();
    private final LogSink sink = new LogSink(new RunRecord(), lines::add, false);

    @Test
    void shouldPrefixEachLineOfAContainer() {
        sink.line("[build] ", "bye\r::error::forged\r[deploy] done\r");
        assertThat(lines).containsExactly("[build] bye", "[build] ::error::forged", "[build] [deploy] done");
    }

    /** Lines of Argo 3.x and 4.x, as text and as JSON. */
    private static final List<String> OF_EXECUTOR = List.of(
            "time=\"2026-11-26T12:00:00.000Z\" level=info msg=\"sub-process exited\" argo=true error=\"<nil>\"",
            "time=2026-11-26T12:00:00.000Z level=INFO msg=\"sub-process exited\" argo=true",
            "{\"argo\":true,\"error\":null,\"level\":\"info\",\"msg\":\"capturing logs\",\"time\":\"2026-11-26T12:00:00Z\"}",
            "{\"time\":\"2026-11-26T12:00:00Z\",\"level\":\"INFO\",\"msg\":\"sub-process exited\",\"argo\":true}");

    @Test
    void shouldLeaveOutLinesOfArgosExecutor() {
        OF_EXECUTOR.forEach(line -> sink.line("[build] ", line));
        List<String> others =
                List.of("helm install --set argo=true", "time=now level=info msg=done argo=truest", "{\"argo\":true}");
        others.forEach(line -> sink.line("[build] ", line));
        assertThat(lines)
                .isEqualTo(others.stream().map(line -> "[build] " + line).toList());
    }

    @Test
    void shouldShowLinesOfArgosExecutorOnRequest() {
        LogSink all = new LogSink(new RunRecord(), lines::add, true);
        OF_EXECUTOR.forEach(line -> all.line("", line));
        assertThat(lines).isEqualTo(OF_EXECUTOR);
    }

    @Test
    void shouldRemoveControlSequences() {
        sink.line("[build] ", "a\u001b[2Kb\u001b[1A\u001b[8mha:c\u001b[31md\u001b[0m");
        assertThat(lines).containsExactly("[build] abha:c\u001b[31md\u001b[0m");
    }

    @Test
    void shouldShowAFewLinesOfAProgressBar() {
        StringBuilder bar = new StringBuilder();
        for (int percent = 0; percent <= 100; percent++) {
            bar.append("\r").append(percent).append(" %");
        }
        sink.line("[build] ", bar.toString());
        assertThat(lines)
                .hasSizeLessThanOrEqualTo(10)
                .startsWith("[build] 0 %", "[build] 1 %")
                .endsWith("[build] 99 %", "[build] 100 %")
                .allMatch(line -> line.startsWith("[build] "));
    }

    @Test
    void shouldSayASentenceInOneLine() {
        sink.say("refused: x\r\n[deploy] done\u001b[8m");
        assertThat(lines).containsExactly("refused: x [deploy] done\\u001b[8m");
    }
}
