package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The copies of a workflow's output artifacts, from Argo Server to a folder, within limits. */
public final class OutputArchive {

    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_STORED_BYTES = 256L << 20;
    private static final long MAX_UNPACKED_BYTES = 1L << 30;

    private final ArgoServer server;
    private final UnaryOperator<String> redacted;

    /**
     * Creates an archive.
     *
     * @param redacted removes from a message of the server the parts that must not be shown
     */
    public OutputArchive(ArgoServer server, UnaryOperator<String> redacted) {
        this.server = server;
        this.redacted = redacted;
    }

    /**
     * Copies artifacts as {@code WORKFLOW/NODE/ARTIFACT}; if two nodes have one name, the later is {@code NODE-ID}.
     *
     * @param wanted names, or {@code NODE/NAME}
     * @param temporary a folder that nothing else uses, on the file system of {@code folder}
     * @param folder a new folder for the copies
     * @return the files, with slashes, relative to the folder
     * @throws ArtifactException if an artifact cannot be copied. The message is a sentence, and the folder is
     *     incomplete
     */
    public List<String> copy(ObjectNode workflow, List<String> wanted, Path temporary, Path folder) throws IOException {
        Unpacking unpacking = new Unpacking(folder, MAX_ENTRIES, MAX_UNPACKED_BYTES);
        Path stored = FileName.in(temporary, "stored");
        Map<String, String> nodes = new HashMap<>();
        long left = MAX_STORED_BYTES;
        for (OutputArtifact artifact : OutputArtifact.select(OutputArtifact.of(workflow), wanted)) {
            try (OutputStream out = Files.newOutputStream(stored)) {
                server.artifact(output(workflow, artifact), out, left);
            } catch (ClusterException e) {
                throw refused(artifact, redacted.apply(e.getMessage()));
            }
            left -= Files.size(stored);
            unpack(unpacking, stored, artifact, KubeObjects.name(workflow), folder(artifact, nodes));
            Files.deleteIfExists(stored);
        }
        return unpacking.names();
    }

    /**
     * Returns the name of a node's folder.
     *
     * @param nodes the id of the node for each name in use, in lower case since not all file systems distinguish it
     */
    private static String folder(OutputArtifact artifact, Map<String, String> nodes) {
        String name = FileName.of(artifact.node());
        String node = nodes.putIfAbsent(name.toLowerCase(Locale.ROOT), artifact.nodeId());
        return node == null || node.equals(artifact.nodeId()) ? name : name + "-" + FileName.of(artifact.nodeId());
    }

    private static void unpack(
            Unpacking unpacking, Path stored, OutputArtifact artifact, String workflow, String folder)
            throws ArtifactException {
        try {
            unpacking.add(stored, artifact.plain(), FileName.of(workflow), folder, FileName.of(artifact.name()));
        } catch (FileSystemException e) {
            // The exception's message is a path of this machine.
            throw refused(artifact, "a file cannot be written (" + e.getClass().getSimpleName() + ")");
        } catch (IOException e) {
            throw refused(artifact, String.valueOf(e.getMessage()));
        }
    }

    private static ArtifactException refused(OutputArtifact artifact, String why) {
        return new ArtifactException("artifact " + artifact.node() + "/" + artifact.name() + ": " + why);
    }

    private static ArgoServer.Output output(ObjectNode workflow, OutputArtifact artifact) {
        return new ArgoServer.Output(
                KubeObjects.namespace(workflow),
                KubeObjects.name(workflow),
                KubeObjects.uid(workflow),
                artifact.nodeId(),
                artifact.name());
    }
}
