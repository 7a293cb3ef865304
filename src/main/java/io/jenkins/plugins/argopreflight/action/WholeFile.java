package io.jenkins.plugins.argopreflight.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /** Writes it, or leaves what was there before; its folder is made. */
    static void write(Path file, String content) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(folder, "report", ".tmp");
        try {
            Files.writeString(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
