package io.jenkins.plugins.argopreflight.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Records of workflows on a real cluster, where they are at hand ({@code ARGO_STORIES}). */
public final class Stories {

    private Stories() {}

    /** The folders of those that have a file; a test that asks where there are none is skipped, and says so. */
    public static List<Path> with(String file) {
        String folder = System.getenv("ARGO_STORIES");
        Path stories = folder == null || folder.isEmpty()
                ? Path.of(System.getProperty("argopreflight.root", "."))
                        .toAbsolutePath()
                        .normalize()
                        .resolve("../shared/truth/stories")
                        .normalize()
                : Path.of(folder);
        if (!Files.isDirectory(stories)) {
            System.out.println("SKIPPED: the stories are absent (ARGO_STORIES)");
        }
        assumeThat(stories).isDirectory();
        try (Stream<Path> all = Files.list(stories)) {
            return all.filter(story -> Files.exists(story.resolve(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
