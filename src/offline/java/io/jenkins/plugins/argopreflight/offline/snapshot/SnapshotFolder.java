package io.jenkins.plugins.argopreflight.offline.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.store.ObjectStore;
import io.jenkins.plugins.argopreflight.offline.store.StoredKinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a snapshot: its objects, and {@code snapshot.yaml}. */
final class SnapshotFolder {

    /** The limit for a whole folder. {@link ManifestReader} limits a single file. */
    private static final long MAX_BYTES = 256L << 20;

    private static final long MAX_LOG_BYTES = 16L << 20;
    private static final int MAX_FILES = 10_000;
    private static final int MAX_DEPTH = 8;
    /**
     * The files in a snapshot's folder that are not objects of the cluster: the answers of registries, and the workflow
     * to check.
     */
    private static final String NOT_OF_CLUSTER = "(registry|workflow)\\.(ya?ml|json)";

    private final Path folder;
    private final ObjectStore store = new ObjectStore();
    private final Set<String> occurring = new HashSet<>();
    private SnapshotInfo info = SnapshotInfo.NONE;

    private SnapshotFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a folder.
     *
     * @throws SnapshotException with file, line and column if it cannot be read
     */
    static SnapshotFolder read(Path folder) {
        SnapshotFolder result = new SnapshotFolder(folder);
        try {
            // Objects that were skipped would count as absent from the cluster.
            ManifestReader reader = new ManifestReader().refusingOmissions();
            for (Path file : result.files()) {
                reader.read(file, result::add);
            }
        } catch (ManifestException e) {
            throw new SnapshotException(
                    e.getCause() instanceof OverBudget
                            ? "the snapshot " + folder + " was not read to its end: " + e.getMessage()
                                    + ", and its default grows with the heap of Java (JAVA_TOOL_OPTIONS=-Xmx2g)"
                            : e.getMessage());
        } catch (IOException e) {
            throw new SnapshotException(folder + " cannot be read as a snapshot: "
                    + e.getClass().getSimpleName() + "; check that it is a folder that you can read");
        }
        if (result.occurring.isEmpty() && result.info == SnapshotInfo.NONE) {
            throw new SnapshotException(
                    folder + " is no snapshot: no YAML or JSON file in it holds a Kubernetes object");
        }
        return result;
    }

    ObjectStore store() {
        return store;
    }

    SnapshotInfo info() {
        return info;
    }

    /** Returns the resources of which the folder has objects, as {@link Resource#qualified}. */
    Set<String> occurringResources() {
        return occurring;
    }

    /** Returns the last lines of a log in the folder; empty if there is none. */
    Optional<List<String>> log(String name, int lines) {
        Path file = FileName.in(folder, name.split("/"));
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_LOG_BYTES) {
                throw new SnapshotException(file + " is larger than " + (MAX_LOG_BYTES >> 20) + " MiB");
            }
            List<String> all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return Optional.of(List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size())));
        } catch (IOException e) {
            throw new SnapshotException(
                    file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new SnapshotException(
                    folder + (Files.exists(folder) ? " is no folder" : " does not exist") + ": a snapshot is a folder");
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, MAX_DEPTH)) {
            files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(this::isPart)
                    .sorted(Comparator.comparing(Path::toString))
                    .limit(MAX_FILES + 1L)
                    .toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        if (files.size() > MAX_FILES || bytes > MAX_BYTES) {
            throw new SnapshotException(folder + " is no snapshot: it holds more than " + (MAX_BYTES >> 20)
                    + " MiB, or more than " + MAX_FILES + " files");
        }
        return files;
    }

    private boolean isPart(Path file) {
        String name = folder.relativize(file).toString();
        return name.matches("(?s).*\\.(ya?ml|json)") && !name.matches(NOT_OF_CLUSTER);
    }

    private void add(Document document) {
        ObjectNode object = document.root();
        boolean named = !document.name().isEmpty();
        if (InfoFile.isInfo(document)) {
            if (info != SnapshotInfo.NONE) {
                throw new SnapshotException(document.locate("") + ": a second object of kind Snapshot");
            }
            info = InfoFile.read(document);
        } else if (named && (document.kind().isEmpty() || document.apiVersion().isEmpty())) {
            // If the object were left out, it would count as absent from the cluster.
            throw new SnapshotException(document.locate("") + ": \"" + document.name()
                    + "\" has no apiVersion and kind: write it as kubectl get -o yaml does");
        } else if (named) {
            Resource resource = StoredKinds.resource(object);
            ObjectNode stored = object.deepCopy();
            if (!resource.namespaced()) {
                KubeObjects.metadata(stored).remove("namespace");
            } else if (KubeObjects.namespace(stored).isEmpty()) {
                KubeObjects.metadata(stored).put("namespace", "default");
            }
            store.put(resource, stored);
            occurring.add(resource.qualified());
        }
    }
}
