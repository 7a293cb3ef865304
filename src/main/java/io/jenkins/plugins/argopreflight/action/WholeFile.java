package io.jenkins.plugins.argopreflight.action;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all. */
final class WholeFile {

    private WholeFile() {}

    /** Writes it, or leaves what was there before; the folder is created. */
    static void write(Path folder, String name, String content) throws IOException {
        write(folder, name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** What writes a content. */
    interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** The same with a content that is not in memory as a whole. */
    static void write(Path folder, String name, Content content) throws IOException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "report", ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.to(out);
            }
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
