package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A filter that removes our secrets from texts of a registry, because a registry can repeat them. */
final class Redaction {

    private static final int MIN_SECRET_CHARACTERS = 4;

    private final List<String> secrets;

    Redaction(Optional<Login> login, Optional<Password> token) {
        Stream<String> sent =
                login.stream().flatMap(l -> forms(l.username(), l.password().reveal()));
        // A shorter secret can be a part of a longer one, so longer secrets are first.
        secrets = Stream.concat(sent, token.stream().map(Password::reveal))
                .filter(secret -> secret.length() >= MIN_SECRET_CHARACTERS)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    String redact(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    /** Returns the forms in which a registry can repeat a login. */
    private static Stream<String> forms(String user, String password) {
        return Stream.of(
                password,
                URLEncoder.encode(password, StandardCharsets.UTF_8),
                base64(password),
                base64(user + ":" + password),
                base64WithoutPadding(password),
                base64WithoutPadding(user + ":" + password));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64WithoutPadding(String text) {
        return base64(text).replace("=", "");
    }
}
