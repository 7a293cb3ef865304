package io.jenkins.plugins.argopreflight.testing.server;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders with the real servers' executables: first {@code KUBEBUILDER_ASSETS}, then that of tools/build.sh. */
public final class ServerBinaries {

    private ServerBinaries() {}

    public static Optional<Path> find(String name) {
        return Stream.of(
                        Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of),
                        Optional.of(ProjectRoot.path().resolve("tools/bin")))
                .flatMap(Optional::stream)
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The executable's path, or a failure that says how to get it. */
    public static String require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(
                        name + " is neither in KUBEBUILDER_ASSETS nor in tools/bin: run tools/build.sh"))
                .toString();
    }
}
