package io.jenkins.plugins.argopreflight.engine.util.file;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A writer of files that are complete and on the disk, or unchanged. Only the owner can read them where the file system
 * has permissions of POSIX.
 */
public final class WholeFile {

    /** The end of the name of an unfinished file, which begins with the name of the finished one. */
    static final String UNFINISHED = ".tmp";

    private WholeFile() {}

    /** Writes a file, or leaves the previous one unchanged. */
    public static void write(Path folder, String name, String content) throws IOException {
        write(folder, name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** A content that is written to a stream. */
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    /** Writes a file whose content is not in memory as a whole, or leaves the previous one unchanged. */
    public static void write(Path folder, String name, Content content) throws IOException {
        Path file = FileName.in(folder, name);
        Path unfinished = Files.createTempFile(folder, name, UNFINISHED);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                content.to(out);
            }
            // A channel would be closed by an interrupt.
            try (FileOutputStream written = new FileOutputStream(unfinished.toFile(), true)) {
                written.getFD().sync();
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
