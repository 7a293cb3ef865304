package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord.LogName;
import io.jenkins.plugins.argopreflight.engine.util.file.RecordFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRunTest {

    private static final String ID = "1f3a-77";

    @TempDir
    Path folder;

    @Test
    void shouldReadBackWhatItStored() throws IOException {
        RecordFolder<StoredRun> store = store(folder.resolve("runs"));
        StoredRun run = run();
        run.draft = JsonNodeFactory.instance.objectNode().put("kind", "Workflow");
        run.record.nodes.put("n1", "Running");
        run.record.logs.put(new LogName("pod", "main"), "2026-01-01T00:00:00Z#2");

        store.save(ID, run);
        run.record.uid = "u-1";
        store.save(ID, run);

        StoredRun read = store.load(ID).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(run);
        assertThat(folder.resolve("runs").resolve(ID + ".json"))
                .content()
                .contains("\"logs\":{\"pod/main\":\"2026-01-01T00:00:00Z#2\"}");
        assertThat(store.all()).hasSize(1);
        store.delete(ID);
        assertThat(store.load(ID)).isEmpty();
        assertThat(store.all()).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatCannotBeRead() throws IOException {
        RecordFolder<StoredRun> store = store(folder);
        store.save(ID, run());
        Files.writeString(folder.resolve("broken.json"), "{");

        assertThat(store.all()).hasSize(1);
    }

    /** A process was killed while it wrote. */
    @Test
    void shouldDeleteWhatWasHalfWritten() throws IOException {
        RecordFolder<StoredRun> store = store(folder);
        store.save(ID, run());
        Files.writeString(folder.resolve(ID + "17.tmp"), "{");

        store.delete(ID);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldTakeNoPathForAnId() {
        assertThatIllegalArgumentException().isThrownBy(() -> store(folder).load("../secret"));
    }

    private static RecordFolder<StoredRun> store(Path folder) {
        return new RecordFolder<>(folder, StoredRun.class);
    }

    private static StoredRun run() {
        StoredRun run = new StoredRun();
        run.build = "folder/job#7";
        run.cluster = new LinkedHashMap<>(Map.of("cluster", "prod"));
        run.record.id = ID;
        run.record.name = "build-x7k2p";
        return run;
    }
}
