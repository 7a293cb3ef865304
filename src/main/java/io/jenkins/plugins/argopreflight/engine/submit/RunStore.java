package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.hold.RecordFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The runs that have not ended. */
public final class RunStore {

    private final RecordFolder<StoredRun> records;

    public RunStore(Path folder) {
        this.records = new RecordFolder<>(folder, StoredRun.class);
    }

    /** Replaces what was stored of it. */
    public void save(StoredRun run) throws IOException {
        synchronized (run.record) {
            records.save(run.record.id, run);
        }
    }

    /** One of them, if it is there. */
    public Optional<StoredRun> load(String id) throws IOException {
        return records.load(id);
    }

    /** All that can be read. */
    public List<StoredRun> all() throws IOException {
        return records.all();
    }

    public void delete(String id) throws IOException {
        records.delete(id);
    }
}
