package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
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

/** Writes a snapshot's folder: as a whole or not at all, and readable by no one else. */
public final class SnapshotWriter {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private static final JsonMapper JSON = new JsonMapper();

    /** Objects of a file. */
    private static final int PAGE = 100;

    private final Path folder;

    /** @param folder which must not exist, or be empty */
    public SnapshotWriter(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Whether it could be written, before anything is read.
     *
     * @throws SnapshotException when the folder holds something, or is none
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

    /** @throws SnapshotException when it cannot be written; then nothing is left of it */
    public void write(Capture capture) {
        check();
        Path parent = folder.getParent();
        if (parent == null) {
            throw taken();
        }
        Path draft = null;
        try {
            Files.createDirectories(parent);
            draft = Files.createTempDirectory(parent, "." + folder.getFileName() + "-", owner(parent, "rwx------"));
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

    /** Many are several files, in JSON, which is read faster: {@code nodes.1.json}. */
    private static void write(Path draft, String name, List<PackedObject> objects) throws IOException {
        for (int from = 0; from < objects.size(); from += PAGE) {
            ObjectNode list = JsonNodeFactory.instance
                    .objectNode()
                    .put("apiVersion", "v1")
                    .put("kind", "List");
            ArrayNode items = list.putArray("items");
            objects.subList(from, Math.min(from + PAGE, objects.size())).forEach(each -> items.add(each.object()));
            if (objects.size() <= PAGE) {
                write(draft, name, list);
            } else {
                String page = "." + (from / PAGE + 1) + ".json";
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
            Files.createDirectories(parent, owner(draft, "rwx------"));
        }
        Files.createFile(file, owner(draft, "rw-------"));
        Files.write(file, content, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] owner(Path where, String permissions) throws IOException {
        return Files.getFileStore(where).supportsFileAttributeView("posix")
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
