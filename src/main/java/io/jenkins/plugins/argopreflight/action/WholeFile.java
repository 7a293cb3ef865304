package io.jenkins.plugins.argopreflight.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /** Writes it, or leaves what was there before; the folder is created. */
    static void write(Path folder, String name, String content) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "report", ".tmp");
        try {
            Files.writeString(unfinished, content);
            Files.move(
                    unfinished,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
