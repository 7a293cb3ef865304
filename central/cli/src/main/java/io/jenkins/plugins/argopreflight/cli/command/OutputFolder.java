package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.submit.artifact.ArtifactException;
import io.jenkins.plugins.argopreflight.engine.submit.artifact.OutputArchive;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Where the files of output artifacts go, all of a workflow or none. */
final class OutputFolder {

    private OutputFolder() {}

    /**
     * Copies them into a new folder {@code WORKFLOW} there.
     *
     * @return how many files
     * @throws IOException with a sentence that says why nothing was copied
     */
    static int copy(ArgoServer server, ObjectNode workflow, List<String> wanted, Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempDirectory(folder, ".copying");
            try {
                Path made = Files.createDirectory(FileName.in(temporary, "outputs"));
                List<String> names =
                        new OutputArchive(server, UnaryOperator.identity()).copy(workflow, wanted, temporary, made);
                String name = FileName.of(Objects.name(workflow));
                if (!names.isEmpty()) {
                    Files.move(FileName.in(made, name), FileName.in(folder, name));
                }
                return names.size();
            } finally {
                delete(temporary);
            }
        } catch (FileSystemException e) {
            throw new ArtifactException(
                    e.getFile() + " cannot be written (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
