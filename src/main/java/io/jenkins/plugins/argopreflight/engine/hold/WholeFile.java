package io.jenkins.plugins.argopreflight.engine.hold;

import io.jenkins.plugins.argopreflight.engine.file.FileName;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is there whole, and on the disk when it was written, or not at all; only its owner can read it where the file
 * system knows permissions of POSIX.
 */
public final class WholeFile {

    /** How the name of a file ends that is not whole yet, and begins as that of the whole one. */
    static final String UNFINISHED = ".tmp";

    private WholeFile() {}

    /** Writes it, or leaves what was there before. */
    public static void write(Path folder, String name, String content) throws IOException {
        write(folder, name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** What writes a content. */
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** The same with a content that is not in memory as a whole. */
    public static void write(Path folder, String name, Content content) throws IOException {
        Path file = FileName.in(folder, name);
        Path unfinished = Files.createTempFile(folder, name, UNFINISHED);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.to(out);
            }
            // Not a channel, which an interrupt would close.
            try (FileOutputStream written = new FileOutputStream(unfinished.toFile(), true)) {
                written.getFD().sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
