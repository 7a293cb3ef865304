package io.jenkins.plugins.argopreflight.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Recorded stories: workflows that failed, hung or succeeded on a real cluster. Each is one file,
 * {@code src/test/resources/stories/<name>.txtar}: {@code story.json} gives the cause, {@code before/} and {@code after/}
 * are snapshots of the cluster, and a file of {@code both/} belongs to both snapshots. A story also has the files of
 * {@code shared.txtar}, except those that it has itself.
 */
public final class Stories {

    private static final Path FOLDER = ProjectRoot.path().resolve("src/test/resources/stories");

    private static final String SHARED = "shared.txtar";

    private static final String BOTH = "both/";

    private static final Path UNPACKED = unpack();

    private Stories() {}

    private static Path unpack() {
        try (Stream<Path> archives = Files.list(FOLDER)) {
            Path folder = TemporaryFolder.create("stories");
            Txtar shared = Txtar.read(FOLDER.resolve(SHARED));
            for (Path archive : archives.toList()) {
                String name = archive.getFileName().toString();
                if (!name.equals(SHARED)) {
                    Path story = folder.resolve(name.replace(".txtar", ""));
                    snapshots(shared).unpack(story);
                    snapshots(Txtar.read(archive)).unpack(story);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the same files, with a file of {@code both/} in each of the two snapshots. */
    private static Txtar snapshots(Txtar archive) {
        Map<String, String> files = new LinkedHashMap<>();
        archive.files().forEach((name, text) -> {
            if (name.startsWith(BOTH)) {
                String file = name.substring(BOTH.length());
                files.put("before/" + file, text);
                files.put("after/" + file, text);
            } else {
                files.put(name, text);
            }
        });
        return new Txtar("", files);
    }

    /** The folders of all stories, sorted by name. */
    public static List<Path> all() {
        try (Stream<Path> folders = Files.list(UNPACKED)) {
            return folders.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folders of the stories that have a file, given by its path in the story. */
    public static List<Path> with(String file) {
        return all().stream().filter(story -> Files.exists(story.resolve(file))).toList();
    }

    /** The folder of the story with this name. */
    public static Path named(String name) {
        return UNPACKED.resolve(name);
    }
}
