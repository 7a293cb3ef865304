package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The random id of a folder, in a file beside its {@code config.xml}. The file moves with a folder that is renamed or
 * moved. A copy of a folder gets its own id, since only {@code config.xml} is copied.
 */
final class FolderId {

    private static final String FILE = "argo-preflight-owner.txt";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private FolderId() {}

    /**
     * Returns the id of the folder in this directory, and creates one if it has none.
     *
     * @throws IOException if it cannot be read or written
     */
    static synchronized String of(Path directory) throws IOException {
        Path file = FileName.in(directory, FILE);
        try {
            String id = Files.readString(file).trim();
            if (ID.matcher(id).matches()) {
                return id;
            }
        } catch (NoSuchFileException e) {
            return create(directory);
        }
        throw new IOException(Messages.FolderId_unreadable(file));
    }

    private static String create(Path directory) throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        WholeFile.write(directory, FILE, id + "\n");
        return id;
    }
}
