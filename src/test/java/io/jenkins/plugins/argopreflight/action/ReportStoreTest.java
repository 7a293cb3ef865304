package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ManyWorkflows;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InRun.class)
class ReportStoreTest {

    @TempDir
    private File build;

    private ReportStore store;
    private Path file;

    @BeforeEach
    void setUp() {
        store = new ReportStore(build);
        file = build.toPath().resolve("argo-preflight/images.json.gz");
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        Report report = Preflights.full();
        History history = History.of(report, 7, Optional.empty(), Map.of());
        store.write("images", report, history);
        assertThat(store.read("images")).isEqualTo(report);
        assertThat(store.readHistory("images")).isEqualTo(history);
        store.write("images", Preflights.green(), History.NONE);
        assertThat(store.read("images")).isEqualTo(Preflights.green());
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("images.json.gz", "images.history.json");
        }
    }

    @Test
    void shouldReadWhatWasRecordedWithoutTheReport() throws Exception {
        store.write("images", Preflights.full(), History.NONE);
        assertThat(store.readRecorded("images")).isEqualTo(Preflights.full().recorded());
    }

    @Test
    void shouldReadNothingRecordedFromAReportOfAnEarlierVersion() throws Exception {
        ObjectNode old = new PreflightJson().tree(Preflights.full());
        old.remove("recorded");
        store.write("images", Preflights.full(), History.NONE);
        Gzip.write(file, old.toString());

        assertThat(store.readRecorded("images")).isEqualTo(RecordedState.NONE);
        assertThat(store.read("images").recorded()).isEqualTo(RecordedState.NONE);
        Files.delete(file);
        assertThat(store.readRecorded("images")).isEqualTo(RecordedState.NONE);
    }

    @Test
    void shouldSayInASentenceThatTheFileIsGone() {
        assertThatThrownBy(() -> store.read("images"))
                .isInstanceOf(ReportUnreadableException.class)
                .hasMessage("The report's file argo-preflight/images.json.gz is no longer in the build's folder."
                        + " Build again to have a report.");
        assertThat(store.readHistory("images")).isEqualTo(History.NONE);
    }

    @Test
    void shouldSayInASentenceThatTheFileIsCutOff() throws IOException {
        store.write("images", Preflights.full(), History.NONE);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 3}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> store.read("images"))
                    .isInstanceOf(ReportUnreadableException.class)
                    .hasMessageContaining("argo-preflight/images.json.gz cannot be read")
                    .hasMessageContaining("it was cut off or changed");
        }
    }

    @Test
    void shouldSayInASentenceThatANewerVersionWroteIt() throws IOException {
        store.write("images", Preflights.full(), History.NONE);
        Gzip.write(file, Gzip.read(file).replaceFirst("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertThatThrownBy(() -> store.read("images"))
                .isInstanceOf(ReportUnreadableException.class)
                .hasMessageContaining("schemaVersion 2");
    }

    @Test
    void shouldReadWhatAnEarlierVersionWrote() throws Exception {
        Path old = file.resolveSibling("images.json");
        Files.createDirectories(file.getParent());
        Files.writeString(old, new PreflightJson().render(Preflights.full()));
        assertThat(store.read("images")).isEqualTo(Preflights.full());
        store.write("images", Preflights.green(), History.NONE);
        assertThat(store.read("images")).isEqualTo(Preflights.green());
        assertThat(old).doesNotExist();
    }

    /**
     * The report of a command for a thousand workflows takes less than 5 MB when it is compressed: {@code HeapTest}.
     */
    @Test
    void shouldKeepNoMoreThanACommandWritesCompressed() throws IOException {
        Report report = ManyWorkflows.judged(10, 20);
        store.write("images", report, History.NONE);
        Path json = Files.writeString(build.toPath().resolve("report.json"), new PreflightJson().render(report));
        assertThat(report.subjects()).hasSize(10);
        assertThat(Files.size(file)).isLessThanOrEqualTo(Gzip.size(json));
    }

    @Test
    void shouldDoWithoutAHistoryThatCannotBeRead() throws IOException {
        store.write("images", Preflights.full(), History.NONE);
        Path history = build.toPath().resolve("argo-preflight/images.history.json");
        Files.writeString(history, "{\"fresh\":[");
        assertThat(store.readHistory("images")).isEqualTo(History.NONE);
        Files.writeString(history, "{\"fresh\":[\"a\"],\"laterField\":1}");
        assertThat(store.readHistory("images").fresh()).containsExactly("a");
    }
}
