package io.jenkins.plugins.argopreflight.engine.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Go module of a release of Argo, that of {@code tools/argo/LINE}; Go downloads it on the first use.
 *
 * @param version such as {@code v4.0.7}
 */
record ArgoModule(String version, Path folder) {

    private static final Path TOOLS = ProjectRoot.path().resolve("tools/argo");

    /** Returns the lines of releases of which there is a module, such as {@code 4.0}. */
    static Stream<String> lines() {
        try (Stream<Path> all = Files.list(TOOLS)) {
            return all.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param line such as {@code 4.0} */
    static ArgoModule of(String line) {
        String module = "github.com/argoproj/argo-workflows/v" + line.charAt(0);
        try {
            Process go = new ProcessBuilder("go", "mod", "download", "-json", module)
                    .directory(TOOLS.resolve(line).toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            JsonNode answer = new ObjectMapper().readTree(go.getInputStream());
            if (!answer.hasNonNull("Dir")) {
                throw new IllegalStateException(module + " of tools/argo/" + line + " was not downloaded: " + answer);
            }
            return new ArgoModule(
                    answer.path("Version").asText(),
                    Path.of(answer.path("Dir").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a file of the end-to-end suite; a link to an example, which is in no module, is that example. */
    Path suiteFile(String name) {
        Path file = folder.resolve("test/e2e/" + name);
        return Files.exists(file) ? file : folder.resolve("examples").resolve(file.getFileName());
    }

    /** Returns the files below that folder whose names end so, sorted. */
    List<Path> files(String below, String ending) {
        try (Stream<Path> all = Files.walk(folder.resolve(below))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
