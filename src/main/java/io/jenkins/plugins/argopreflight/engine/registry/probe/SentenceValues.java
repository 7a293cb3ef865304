package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.util.http.OneLine;
import java.time.Instant;
import java.util.Optional;

/**
 * The values for the placeholders of a sentence in a registry dialect's rule: {@code {registry}}, {@code {image}},
 * {@code {path}}, {@code {version}}, {@code {user}}, {@code {identity}}, {@code {key}} for the registry's key in a pull
 * secret, {@code {status}} for the HTTP status, {@code {by}} for the subject of a rate limit ("user" or "address"), and
 * {@code {said}} for the registry's own message.
 */
public record SentenceValues(ImageReference image, Optional<Login> login) {

    private static final int MAX_USER_CHARACTERS = 80;

    /** Returns the sentence with the values, the login server, the expiry of the token, and the full stop. */
    String fill(String template, int status, String message, Optional<String> loginServer, Optional<Instant> expires) {
        String user = login.map(Login::username).orElse("");
        String filled = template.replace("{registry}", name())
                .replace("{image}", image.toString())
                .replace("{path}", image.path())
                .replace("{version}", (image.digest().isPresent() ? "digest " : "tag ") + image.version())
                .replace("{key}", image.isDockerHub() ? "https://index.docker.io/v1/" : image.registry())
                .replace("{status}", String.valueOf(status))
                .replace("{by}", login.isPresent() ? "user" : "address")
                .replace("{identity}", login.isPresent() ? "to user \"{user}\"" : "without credentials")
                .replace("{user}", OneLine.of(user, MAX_USER_CHARACTERS))
                .replace("{said}", message.isEmpty() ? "" : " (it says: " + message + ")");
        return filled + loginNote(loginServer) + expiryNote(expires) + ".";
    }

    private String name() {
        return image.isDockerHub() ? "Docker Hub" : image.registry();
    }

    private String loginNote(Optional<String> loginServer) {
        String registry = RegistryName.base("https", image.registry()).getRawAuthority();
        return loginServer
                .filter(server -> !server.equalsIgnoreCase(registry))
                .map(server -> "; logins go to " + server)
                .orElse("");
    }

    private static String expiryNote(Optional<Instant> expires) {
        return expires.map(at ->
                        at.isBefore(Instant.now()) ? "; the token expired at " + at : "; the token expires at " + at)
                .orElse("");
    }
}
