package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotException;
import io.jenkins.plugins.argopreflight.offline.store.PackedObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The writer of a snapshot's folder, which is written completely or not at all, and only readable by its owner. */
public final class SnapshotWriter {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private static final JsonMapper JSON = new JsonMapper();

    /** The maximum number of objects in a file. */
    private static final int MAX_OBJECTS_PER_FILE = 100;

    private final Path folder;

    /**
     * Creates a writer.
     *
     * @param folder a folder that does not exist, or is empty
     */
    public SnapshotWriter(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Checks that the folder does not exist or is empty, so that the cluster is not read in vain.
     *
     * @throws SnapshotException if the folder is not empty, or is not a folder
     */
    public void check() {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw taken();
                }
            } catch (IOException e) {
                throw failed(e);
            }
        } else if (Files.exists(folder)) {
            throw taken();
        }
    }

    /**
     * Writes a snapshot.
     *
     * @throws SnapshotException if it cannot be written; nothing of it is left then
     */
    public void write(Capture capture) {
        check();
        Path parent = folder.getParent();
        if (parent == null) {
            throw taken();
        }
        Path draft = null;
        try {
            Files.createDirectories(parent);
            draft = Files.createTempDirectory(
                    parent, "." + folder.getFileName() + "-", permissions(parent, "rwx------"));
            for (Map.Entry<String, List<PackedObject>> file : capture.objects().entrySet()) {
                write(draft, file.getKey(), file.getValue());
            }
            for (Map.Entry<String, List<String>> log : capture.logs().entrySet()) {
                byte[] lines = (String.join("\n", log.getValue()) + "\n").getBytes(StandardCharsets.UTF_8);
                write(draft, log.getKey(), lines);
            }
            write(draft, "snapshot.yaml", capture.info().toJson());
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            remove(draft);
            throw taken();
        } catch (IOException e) {
            remove(draft);
            throw failed(e);
        }
    }

    /**
     * Writes objects. If there are many, they are split into several JSON files, which are read faster than YAML:
     * {@code nodes.1.json}.
     */
    private static void write(Path draft, String name, List<PackedObject> objects) throws IOException {
        for (int from = 0; from < objects.size(); from += MAX_OBJECTS_PER_FILE) {
            ObjectNode list = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "List");
            ArrayNode items = list.putArray("items");
            objects.subList(from, Math.min(from + MAX_OBJECTS_PER_FILE, objects.size()))
                    .forEach(each -> items.add(each.object()));
            if (objects.size() <= MAX_OBJECTS_PER_FILE) {
                write(draft, name, list);
            } else {
                String page = "." + (from / MAX_OBJECTS_PER_FILE + 1) + ".json";
                write(draft, name.replaceFirst("\\.yaml$", page), JSON.writeValueAsBytes(list));
            }
        }
    }

    private static void write(Path draft, String name, ObjectNode content) throws IOException {
        write(draft, name, YAML.writeValueAsBytes(content));
    }

    private static void write(Path draft, String name, byte[] content) throws IOException {
        Path file = FileName.in(draft, name.split("/"));
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent, permissions(draft, "rwx------"));
        }
        Files.createFile(file, permissions(draft, "rw-------"));
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    /** Returns the attribute that gives a new file POSIX permissions; none if the file system does not support them. */
    private static FileAttribute<?>[] permissions(Path folder, String permissions) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void remove(@Nullable Path draft) {
        if (draft == null) {
            return;
        }
        try (Stream<Path> all = Files.walk(draft)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new SnapshotException(draft + " could not be removed: remove it by hand");
        }
    }

    private SnapshotException taken() {
        return new SnapshotException(folder + " exists and is not empty: give a new folder");
    }

    private SnapshotException failed(IOException e) {
        return new SnapshotException(
                folder + " cannot be written: " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
}
