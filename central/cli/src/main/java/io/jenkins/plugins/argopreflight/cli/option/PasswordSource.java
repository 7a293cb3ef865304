package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The reader of a registry's password from standard input, a file or the environment. Messages do not contain the name
 * of the file or variable, since it can be the password itself.
 */
final class PasswordSource {

    private static final int MAX_BYTES = 64 * 1024;
    private static final Pattern UNEXPANDED = Pattern.compile("\\$(\\w+|\\{\\w+})");

    private final Terminal terminal;
    private final String registry;

    PasswordSource(Terminal terminal, String registry) {
        this.terminal = terminal;
        this.registry = registry;
    }

    String stdin() {
        try {
            return text("--password-stdin", terminal.in());
        } catch (IOException e) {
            throw wrong("--password-stdin", "standard input cannot be read: " + e.getMessage());
        }
    }

    String file(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return text("--password-file", in);
        } catch (NoSuchFileException e) {
            throw wrong("--password-file", "there is no such file");
        } catch (IOException e) {
            throw wrong(
                    "--password-file",
                    "the file cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    String variable(String name) {
        String value = terminal.env().get(name);
        if (value == null) {
            throw wrong(
                    "--password-env",
                    "there is no such environment variable; give its name (--password-env REGISTRY_PASSWORD, without $)"
                            + " and export it");
        }
        return value;
    }

    /** Checks a password: refuses an empty one, and warns if it looks like a variable that the shell did not expand. */
    Password checked(String value) {
        if (value.isEmpty()) {
            throw new UsageException("the password for --registry " + registry + " is empty");
        }
        if (UNEXPANDED.matcher(value).matches()) {
            terminal.err()
                    .println("argo-preflight: warning: the password for " + registry + " looks like the name of a "
                            + "variable that was never expanded (single quotes keep $NAME as it is)");
        }
        return Password.of(value);
    }

    private String text(String option, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw wrong(option, "it is longer than " + MAX_BYTES + " bytes");
        }
        try {
            String all = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return all.replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException e) {
            throw wrong(option, "it is not UTF-8 text");
        }
    }

    private UsageException wrong(String option, String reason) {
        return new UsageException(option + " of --registry " + registry + ": " + reason);
    }
}
