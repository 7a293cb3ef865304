package io.jenkins.plugins.argopreflight.engine.util.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A folder of records that survive a restart, each in a JSON file. A file is complete, and on the disk once it was
 * saved.
 *
 * @param <T> a plain class that Jackson writes and reads
 */
public final class RecordFolder<T> {

    private static final Logger LOGGER = Logger.getLogger(RecordFolder.class.getName());
    private static final JsonMapper JSON = new JsonMapper();
    private static final String END = ".json";

    private final Path folder;
    private final Class<T> type;

    public RecordFolder(Path folder, Class<T> type) {
        this.folder = folder;
        this.type = type;
    }

    /** Replaces the stored record of this id. */
    public void save(String id, T record) throws IOException {
        String name = name(id);
        String content = JSON.writeValueAsString(record);
        Files.createDirectories(folder);
        WholeFile.write(folder, name, content);
    }

    /** Returns the record of this id, if there is one. */
    public Optional<T> load(String id) throws IOException {
        return Files.exists(file(id))
                ? Optional.of(JSON.readValue(Files.readAllBytes(file(id)), type))
                : Optional.empty();
    }

    /** Returns all records that can be read, and logs those that cannot. */
    public List<T> all() throws IOException {
        List<T> records = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return records;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(END)).toList()) {
                try {
                    records.add(JSON.readValue(Files.readAllBytes(file), type));
                } catch (IOException e) {
                    LOGGER.log(
                            Level.WARNING,
                            e,
                            () -> file + " cannot be read: what a build left in its cluster can stay there");
                }
            }
        }
        return records;
    }

    /** Deletes a record, and the unfinished files of a process that was killed while it wrote the record. */
    public void delete(String id) throws IOException {
        Files.deleteIfExists(file(id));
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, id + "*" + WholeFile.UNFINISHED)) {
                for (Path each : left) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private Path file(String id) {
        return FileName.in(folder, name(id));
    }

    private static String name(String id) {
        if (!id.matches("[0-9a-f-]{1,64}")) {
            throw new IllegalArgumentException("no id of a record: " + id);
        }
        return id + END;
    }
}
