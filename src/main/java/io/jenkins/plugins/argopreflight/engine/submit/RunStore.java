package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The runs that have not ended, a file each in one folder: each is there whole, and on the disk when it was saved. */
public final class RunStore {

    private static final Logger LOGGER = Logger.getLogger(RunStore.class.getName());
    private static final JsonMapper JSON = new JsonMapper();
    private static final String END = ".json";

    private final Path folder;

    public RunStore(Path folder) {
        this.folder = folder;
    }

    /** Replaces what was stored of it. */
    public void save(StoredRun run) throws IOException {
        byte[] content;
        synchronized (run.record) {
            content = JSON.writeValueAsBytes(run);
        }
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, "run", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    written, file(run.record.id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** One of them, if it is there. */
    public Optional<StoredRun> load(String id) throws IOException {
        return Files.exists(file(id))
                ? Optional.of(JSON.readValue(Files.readAllBytes(file(id)), StoredRun.class))
                : Optional.empty();
    }

    /** All that can be read; one that cannot be is logged. */
    public List<StoredRun> all() throws IOException {
        List<StoredRun> runs = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return runs;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(END)).toList()) {
                try {
                    runs.add(JSON.readValue(Files.readAllBytes(file), StoredRun.class));
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> file + " cannot be read: its workflow may run on");
                }
            }
        }
        return runs;
    }

    public void delete(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    private Path file(String id) {
        if (!id.matches("[0-9a-f-]{1,64}")) {
            throw new IllegalArgumentException("no id of a run: " + id);
        }
        return folder.resolve(id + END);
    }
}
