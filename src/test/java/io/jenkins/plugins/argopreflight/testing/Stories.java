package io.jenkins.plugins.argopreflight.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Workflows that failed on a real cluster, one folder each: {@code story.json} says why, {@code before} and {@code after}
 * are snapshots of the cluster.
 */
public final class Stories {

    private static final Path FOLDER = ProjectRoot.path().resolve("src/test/resources/stories");

    private Stories() {}

    /** Their folders, by name. */
    public static List<Path> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of those that have a file. */
    public static List<Path> with(String file) {
        return all().stream().filter(story -> Files.exists(story.resolve(file))).toList();
    }

    /** The folder of one of them. */
    public static Path named(String name) {
        return FOLDER.resolve(name);
    }
}
