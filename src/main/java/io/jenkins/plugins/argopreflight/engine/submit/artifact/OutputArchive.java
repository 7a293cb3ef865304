package io.jenkins.plugins.argopreflight.engine.submit.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
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

/** Copies output artifacts of a workflow from Argo Server into a folder, within limits. */
public final class OutputArchive {

    private static final int MOST_ENTRIES = 10_000;
    private static final long MOST_STORED = 256L << 20;
    private static final long MOST_UNPACKED = 1L << 30;

    private final ArgoServer server;
    private final UnaryOperator<String> redacted;

    /** @param redacted of a message of the server, what can be shown */
    public OutputArchive(ArgoServer server, UnaryOperator<String> redacted) {
        this.server = server;
        this.redacted = redacted;
    }

    /**
     * Copies them as {@code WORKFLOW/NODE/ARTIFACT}; where two nodes have one name, the later is {@code NODE-ID}.
     *
     * @param wanted names, or {@code NODE/NAME}
     * @param temporary a folder for this only, on the file system of {@code folder}
     * @param folder another one, new
     * @return the files, with slashes, relative to the folder
     * @throws ArtifactException when one cannot be copied, with a sentence; what is in the folder is then incomplete
     */
    public List<String> copy(ObjectNode workflow, List<String> wanted, Path temporary, Path folder) throws IOException {
        Unpacking unpacking = new Unpacking(folder, MOST_ENTRIES, MOST_UNPACKED);
        Path stored = FileName.in(temporary, "stored");
        Map<String, String> nodes = new HashMap<>();
        long left = MOST_STORED;
        for (OutputArtifact artifact : OutputArtifact.select(OutputArtifact.of(workflow), wanted)) {
            try (OutputStream out = Files.newOutputStream(stored)) {
                server.artifact(output(workflow, artifact), out, left);
            } catch (ClusterException e) {
                throw refused(artifact, redacted.apply(e.getMessage()));
            }
            left -= Files.size(stored);
            unpack(unpacking, stored, artifact, Objects.name(workflow), folder(artifact, nodes));
            Files.deleteIfExists(stored);
        }
        return unpacking.names();
    }

    /**
     * Returns the name of a node's folder.
     *
     * @param nodes for each name in use, in lower case since not all file systems distinguish it, the id of its node
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
            // Its message is a path of this machine.
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
                Objects.namespace(workflow),
                Objects.name(workflow),
                Objects.uid(workflow),
                artifact.nodeId(),
                artifact.name());
    }
}
