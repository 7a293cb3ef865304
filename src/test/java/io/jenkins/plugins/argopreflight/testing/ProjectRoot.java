package io.jenkins.plugins.argopreflight.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The project's folder, whichever build runs the tests. */
public final class ProjectRoot {

    private ProjectRoot() {}

    public static Path path() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.puml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run outside of the project's folder");
        }
        return folder;
    }
}
