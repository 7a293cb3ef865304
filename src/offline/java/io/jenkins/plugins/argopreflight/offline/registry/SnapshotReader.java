package io.jenkins.plugins.argopreflight.offline.registry;

import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Authentication;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Credential;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Image;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Repository;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reader of {@code registry.yaml}. Unknown keys are ignored. */
final class SnapshotReader {

    private SnapshotReader() {}

    /** The content of a file. */
    record Content(List<SnapshotHost> hosts, List<String> unreachable) {}

    static Content read(Document document) {
        SnapshotFields root = SnapshotFields.of(document);
        if (root.has("auths") || root.has("credHelpers") || root.has("credsStore")) {
            throw root.wrong("", "this is a docker config.json with credentials, not what registries would answer");
        }
        if (!root.has("registries") && !root.has("unreachable")) {
            throw root.wrong("", "expected what registries would answer: registries: [{registry: HOST[:PORT], …}]");
        }
        List<SnapshotHost> hosts = new ArrayList<>();
        for (SnapshotFields one : root.objects("registries")) {
            SnapshotHost host = host(one);
            if (hosts.stream().anyMatch(other -> other.name().equals(host.name()))) {
                throw one.wrong("registry", "registry " + host.name() + " is listed twice");
            }
            hosts.add(host);
        }
        List<String> unreachable = root.strings("unreachable").stream()
                .map(RegistryName::canonical)
                .toList();
        return new Content(List.copyOf(hosts), unreachable);
    }

    private static SnapshotHost host(SnapshotFields fields) {
        String registry = fields.text("registry");
        if (!registry.matches("[^/\\s@]+")) {
            throw fields.wrong("registry", "must be HOST[:PORT] as in the image's name, without scheme and path");
        }
        String name = RegistryName.canonical(registry);
        boolean loopback = RegistryName.isLoopback(name.replaceFirst(":\\d+$", ""));
        String scheme = fields.choice("scheme", loopback ? "http" : "https", "http", "https");
        List<Credential> credentials = fields.objects("validCredentials").stream()
                .map(SnapshotReader::credential)
                .toList();
        String method =
                fields.choice("authentication", credentials.isEmpty() ? "none" : "basic", "none", "basic", "bearer");
        Authentication authentication =
                switch (method) {
                    case "basic" -> Authentication.BASIC;
                    case "bearer" -> Authentication.BEARER;
                    default -> Authentication.NONE;
                };
        return new SnapshotHost(
                name,
                scheme.equals("https"),
                authentication,
                fields.optional("certificate"),
                fields.number("wrongCredential", 401, 403),
                fields.flag("rateLimited").orElse(false),
                fields.flag("complete").orElse(true),
                credentials,
                fields.objects("repositories").stream()
                        .map(one -> repository(one, authentication == Authentication.NONE))
                        .toList());
    }

    private static Credential credential(SnapshotFields fields) {
        Optional<String> password = fields.optional("password").or(() -> fields.optional("marker"));
        if (password.isEmpty()) {
            throw fields.wrong("", "a valid credential needs a password, or the marker that stands for it");
        }
        Optional<Instant> expires = fields.optional("expires").map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw fields.wrong("expires", "must be a time such as 2026-11-25T16:00:00Z");
            }
        });
        Login login = new Login(fields.text("username"), Password.of(password.get()));
        return new Credential(login, expires, fields.flag("expired").orElse(false));
    }

    private static Repository repository(SnapshotFields fields, boolean isPublic) {
        return new Repository(
                fields.text("repository"),
                isPublic || fields.flag("anonymousPull").orElse(false),
                fields.has("pull") ? Optional.of(Set.copyOf(fields.strings("pull"))) : Optional.empty(),
                fields.objects("tags").stream().map(SnapshotReader::image).toList());
    }

    private static Image image(SnapshotFields fields) {
        Optional<String> tag = fields.optional("tag");
        Optional<String> digest = fields.optional("digest");
        if (tag.isEmpty() && digest.isEmpty()) {
            throw fields.wrong("", "an image needs a tag or a digest");
        }
        int content =
                switch (fields.choice("content", "served", "served", "denied", "missing")) {
                    case "denied" -> 403;
                    case "missing" -> 404;
                    default -> 200;
                };
        return new Image(tag, digest, config(fields), content);
    }

    private static Optional<ImageConfig> config(SnapshotFields fields) {
        if (!fields.has("config") && !fields.has("platforms")) {
            return Optional.empty();
        }
        List<String> platforms = fields.strings("platforms");
        SnapshotFields config = fields.object("config");
        return Optional.of(new ImageConfig(
                platforms,
                fields.flag("index").orElse(platforms.size() > 1),
                config.optional("User").orElse(""),
                config.strings("Entrypoint"),
                config.strings("Cmd")));
    }
}
