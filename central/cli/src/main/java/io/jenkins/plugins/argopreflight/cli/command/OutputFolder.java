package io.jenkins.plugins.argopreflight.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.ArtifactException;
import io.jenkins.plugins.argopreflight.engine.submit.OutputArchive;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The folder for the files of output artifacts. Either all files of a workflow are copied, or none. */
final class OutputFolder {

    private OutputFolder() {}

    /**
     * Copies the artifacts into a new folder {@code WORKFLOW}.
     *
     * @return the number of files
     * @throws IOException if nothing was copied; the message is a sentence with the reason
     */
    static int copy(ArgoServer server, ObjectNode workflow, List<String> artifacts, Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempDirectory(folder, ".copying");
            try {
                Path copied = Files.createDirectory(FileName.in(temporary, "outputs"));
                List<String> names = new OutputArchive(server, UnaryOperator.identity())
                        .copy(workflow, artifacts, temporary, copied);
                String name = FileName.of(KubeObjects.name(workflow));
                if (!names.isEmpty()) {
                    Files.move(FileName.in(copied, name), FileName.in(folder, name));
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
