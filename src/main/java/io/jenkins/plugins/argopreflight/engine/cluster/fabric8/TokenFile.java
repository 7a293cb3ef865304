package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The token in a file that someone renews. While the file cannot be read, the token is the last one that was read. */
final class TokenFile implements Supplier<Password> {

    private final Path file;
    private volatile Password last;

    /**
     * Creates a token.
     *
     * @param first the present content of the file
     */
    TokenFile(Path file, Password first) {
        this.file = file;
        this.last = first;
    }

    @Override
    public Password get() {
        try {
            String text = Files.readString(file).strip();
            if (!text.isEmpty() && !text.equals(last.reveal())) {
                last = Password.of(text);
            }
        } catch (IOException e) {
            // As in client-go, the last one that could be read counts.
        }
        return last;
    }
}
