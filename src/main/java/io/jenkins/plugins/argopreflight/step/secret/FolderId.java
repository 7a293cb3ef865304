package io.jenkins.plugins.argopreflight.step.secret;

import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.hold.WholeFile;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A random id in a file beside a folder's {@code config.xml}. Renaming and moving a folder moves its directory with the
 * file; copying a folder copies only {@code config.xml}, so the copy gets an id of its own.
 */
final class FolderId {

    private static final String FILE = "argo-preflight-owner.txt";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private FolderId() {}

    /**
     * The id of the folder in this directory; a new one when it has none.
     *
     * @throws IOException when it cannot be read or written
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
