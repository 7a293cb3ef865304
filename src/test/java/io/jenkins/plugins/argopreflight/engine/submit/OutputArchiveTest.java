package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputArchiveTest {

    @TempDir
    private Path temporary;

    /** The server whose content of an artifact is the id of the node. */
    private final ArgoServer server = (ArgoServer) Proxy.newProxyInstance(
            ArgoServer.class.getClassLoader(), new Class<?>[] {ArgoServer.class}, (proxy, method, arguments) -> {
                String node = ((ArgoServer.Output) arguments[0]).node();
                ((OutputStream) arguments[1]).write(node.getBytes(StandardCharsets.UTF_8));
                return null;
            });

    private List<String> copy(ObjectNode workflow) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("outputs"));
        return new OutputArchive(server, UnaryOperator.identity()).copy(workflow, List.of("bin"), temporary, folder);
    }

    private static ObjectNode workflow(String... nodesAndNames) throws JsonProcessingException {
        ObjectNode workflow =
                (ObjectNode) new JsonMapper().readTree("{\"metadata\": {\"namespace\": \"ci\", \"name\": \"w\"}}");
        ObjectNode nodes = workflow.putObject("status").putObject("nodes");
        for (int i = 0; i < nodesAndNames.length; i += 2) {
            ObjectNode node = nodes.withObjectProperty(nodesAndNames[i]).put("displayName", nodesAndNames[i + 1]);
            ObjectNode artifact = node.withObjectProperty("outputs")
                    .withArrayProperty("artifacts")
                    .addObject()
                    .put("name", "bin");
            artifact.withObjectProperty("archive").putObject("none");
        }
        return workflow;
    }

    @Test
    void shouldGiveTheLaterOfTwoNodesWithOneNameItsId() throws IOException {
        ObjectNode workflow = workflow("w-1", "build", "w-2", "build", "w-3", "Build", "w-4", "other");

        assertThat(copy(workflow)).containsExactly("w/build/bin", "w/build-w-2/bin", "w/Build-w-3/bin", "w/other/bin");
        assertThat(temporary.resolve("outputs/w/build/bin")).hasContent("w-1");
        assertThat(temporary.resolve("outputs/w/build-w-2/bin")).hasContent("w-2");
    }

    /** Names that differ only in what a file's name cannot have are one name. */
    @Test
    void shouldGiveTheLaterOfTwoNodesWithOneFolderItsId() throws IOException {
        assertThat(copy(workflow("w-1", "a b", "w-2", "a/b"))).containsExactly("w/a_b/bin", "w/a_b-w-2/bin");
    }

    @Test
    void shouldOverwriteNothing() throws IOException {
        ObjectNode workflow = workflow("w-1", "build");
        ((ObjectNode) workflow.at("/status/nodes/w-1/outputs"))
                .withArray("artifacts")
                .addObject()
                .put("name", "bin")
                .withObjectProperty("s3")
                .put("key", "another");

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> copy(workflow))
                .withMessageContaining("artifact build/bin")
                .withMessageContaining("twice");
        try (Stream<Path> files = Files.walk(temporary.resolve("outputs"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }
}
