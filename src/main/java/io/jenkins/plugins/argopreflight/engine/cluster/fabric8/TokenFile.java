package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The token in a file that someone renews; while it cannot be read, the one that was read last. */
final class TokenFile implements Supplier<Password> {

    private final Path file;
    private volatile Password last;

    /** @param first what is in it now */
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
            // As client-go: the last one that could be read counts.
        }
        return last;
    }
}
