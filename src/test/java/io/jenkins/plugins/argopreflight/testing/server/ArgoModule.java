package io.jenkins.plugins.argopreflight.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Go module of a release of Argo that the tests use, as {@code tools/argo/LINE/go.mod} requires it.
 *
 * @param line such as {@code 4.0}
 * @param name of the module, such as {@code github.com/argoproj/argo-workflows/v4}
 * @param version such as {@code v4.0.7}
 */
public record ArgoModule(String line, String name, String version) {

    private static final Path TOOLS = ProjectRoot.path().resolve("tools/argo");
    private static final Pattern REQUIRED = Pattern.compile("(github\\.com/argoproj/argo-workflows/v\\d+) (v\\S+)");

    /** Returns the modules of all lines, the oldest first. */
    public static List<ArgoModule> all() {
        try (Stream<Path> lines = Files.list(TOOLS)) {
            return lines.map(line -> of(line.getFileName().toString()))
                    .sorted(Comparator.comparing(ArgoModule::line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ArgoModule of(String line) {
        try {
            Matcher required = REQUIRED.matcher(Files.readString(TOOLS.resolve(line + "/go.mod")));
            if (!required.find()) {
                throw new IllegalStateException("tools/argo/" + line + "/go.mod requires no release of Argo");
            }
            return new ArgoModule(line, required.group(1), required.group(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the name of its workflow-controller in {@code tools/bin}. */
    public String controller() {
        return "workflow-controller-" + line;
    }

    /** Returns whether its controller is built and tested once a week only. */
    public boolean isWeekly() {
        return !Server.ARGO.executables().contains(controller());
    }

    /** Returns the folder where Go keeps the module; Go downloads it on the first use. */
    public Path folder() {
        try {
            Process go = new ProcessBuilder("go", "mod", "download", "-json", name)
                    .directory(TOOLS.resolve(line).toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            JsonNode answer = new ObjectMapper().readTree(go.getInputStream());
            if (!answer.hasNonNull("Dir")) {
                throw new IllegalStateException(name + " " + version + " was not downloaded: " + answer);
            }
            return Path.of(answer.path("Dir").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return version;
    }
}
