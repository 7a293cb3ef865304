package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportStoreTest {

    @TempDir
    private File build;

    private ReportStore store;
    private Path file;

    @BeforeEach
    void setUp() {
        store = new ReportStore(build);
        file = build.toPath().resolve("argo-preflight/images.json");
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
                    .containsExactlyInAnyOrder("images.json", "images.history.json");
        }
    }

    @Test
    void shouldSayInASentenceThatTheFileIsGone() {
        assertThatThrownBy(() -> store.read("images"))
                .isInstanceOf(ReportUnreadableException.class)
                .hasMessage("The report's file argo-preflight/images.json is no longer in the build's folder."
                        + " Build again to have a report.");
        assertThat(store.readHistory("images")).isEqualTo(History.NONE);
    }

    @Test
    void shouldSayInASentenceThatTheFileIsCutOff() throws IOException {
        store.write("images", Preflights.full(), History.NONE);
        String whole = Files.readString(file);
        for (int length : new int[] {0, 1, whole.length() / 2, whole.length() - 3}) {
            Files.writeString(file, whole.substring(0, length));
            assertThatThrownBy(() -> store.read("images"))
                    .isInstanceOf(ReportUnreadableException.class)
                    .hasMessageContaining("argo-preflight/images.json cannot be read")
                    .hasMessageContaining("it was cut off or changed");
        }
    }

    @Test
    void shouldSayInASentenceThatANewerVersionWroteIt() throws IOException {
        store.write("images", Preflights.full(), History.NONE);
        Files.writeString(file, Files.readString(file).replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));
        assertThatThrownBy(() -> store.read("images"))
                .isInstanceOf(ReportUnreadableException.class)
                .hasMessageContaining("schemaVersion 2");
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
