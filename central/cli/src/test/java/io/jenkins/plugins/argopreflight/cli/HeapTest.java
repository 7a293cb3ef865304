package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process does with the heap that it has. */
class HeapTest {

    @TempDir
    private Path folder;

    private record Ended(int exit, String out, String err) {}

    private Ended run(String heap, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
            return new Ended(
                    process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    /** @return the arguments of a check of one workflow in a cluster with many images on its nodes */
    private List<String> check(int images) throws IOException {
        Path cluster = Files.createDirectory(folder.resolve("cluster"));
        StringBuilder nodes = new StringBuilder("{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[");
        for (int i = 0; i < images / 50; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"node-")
                    .append(i)
                    .append("\"},\"status\":{\"images\":[");
            for (int j = 0; j < 50; j++) {
                nodes.append(j == 0 ? "" : ",")
                        .append("{\"names\":[\"registry.example.com/team/image-")
                        .append(i * 50 + j)
                        .append(":v1\"],\"sizeBytes\":1000}");
            }
            nodes.append("]}}");
        }
        Files.writeString(cluster.resolve("nodes.json"), nodes.append("]}"));
        Path workflow = Files.writeString(folder.resolve("w.yaml"), """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: build, namespace: ci}
                spec:
                  entrypoint: main
                  templates: [{name: main, container: {image: "registry.example.com/a:1", command: [sh]}}]
                """);
        return List.of("check", "--cluster", cluster.toString(), "--no-registry", "-f", workflow.toString());
    }

    @Test
    void shouldSayInOneSentenceThatTheHeapIsTooSmall() throws Exception {
        List<String> arguments = new ArrayList<>(check(100_000));
        arguments.addAll(List.of("--limit", "nodes=100000000", "--limit", "bytes=1000000000"));
        Ended ended = run("32m", arguments.toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(3);
        assertThat(ended.err().lines().filter(line -> !line.contains("waiting for")))
                .singleElement()
                .asString()
                .matches("argo-preflight: ran out of memory at a heap of \\d+ MiB: give it more with"
                        + " JAVA_TOOL_OPTIONS=-Xmx\\d+m, or check fewer workflows at once");
    }

    @Test
    void shouldNotTakeForAbsentWhatALimitKeptItFromReading() throws Exception {
        Ended ended = run("32m", check(20_000).toArray(String[]::new));
        assertThat(ended.exit()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("was not read to its end", "the limit bytes=", "-Xmx")
                .doesNotContain("Exception", "\tat ");
    }
}
