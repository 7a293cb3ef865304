package io.jenkins.plugins.argopreflight.offline.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.util.http.HttpHeaders;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Credential;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Image;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Repository;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a request, with the statuses, challenges and errors of the distribution project's registry. */
record SnapshotServer(SnapshotHost host, Request request) {

    /** The path of a manifest or blob. The snapshot has one blob for each image, whose name is that of the image. */
    private static final Pattern CONTENT = Pattern.compile("/v2/(.+)/(manifests|blobs)/([^/]+)");

    private static final Pattern SCOPE = Pattern.compile("scope=repository:([^:&]+):pull");
    private static final String REALM = "/token";

    RegistryReply answer() {
        if (host.https() != request.url().getScheme().equals("https")) {
            return reply(400, Map.of(), "Client sent an HTTP request to an HTTPS server.");
        }
        if (host.rateLimited()) {
            return error(429, Map.of(), "TOOMANYREQUESTS", "You have reached your pull rate limit.");
        }
        if (request.url().getPath().equals(REALM)) {
            String query = String.valueOf(request.url().getRawQuery());
            Matcher scope = SCOPE.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
            return token(scope.find() ? scope.group(1) : "");
        }
        Matcher content = CONTENT.matcher(request.url().getPath());
        if (!content.matches()) {
            return error(404, Map.of(), "UNSUPPORTED", "the snapshot does not hold this");
        }
        Optional<Repository> repository = host.repository(content.group(1));
        Optional<RegistryReply> refusal = refusal(content.group(1), repository);
        boolean blob = content.group(2).equals("blobs");
        return refusal.orElseGet(
                () -> blob ? blob(repository, content.group(3)) : manifest(repository, content.group(3)));
    }

    private RegistryReply token(String path) {
        Optional<Repository> repository = host.repository(path);
        if (request.authorization().isEmpty()) {
            return granted(repository.filter(Repository::anonymous).isPresent(), path);
        }
        Optional<Credential> credential = credential();
        if (credential.isEmpty() && host.refusal() == 403) {
            return error(403, Map.of(), "DENIED", "requested access to the resource is denied");
        }
        if (credential.filter(known -> !known.isOver()).isEmpty()) {
            return error(401, Map.of(), "UNAUTHORIZED", refusalMessage(credential, "incorrect username or password"));
        }
        return granted(repository.map(one -> one.allows(credential.get())).orElse(true), path);
    }

    private RegistryReply granted(boolean pull, String path) {
        Map<String, String> headers = Map.of("Content-Type", "application/json");
        return reply(200, headers, "{\"token\":\"" + (pull ? pullToken(path) : "nothing:" + path) + "\"}");
    }

    private static String pullToken(String path) {
        return "pull:" + path;
    }

    private Optional<RegistryReply> refusal(String path, Optional<Repository> repository) {
        return switch (host.authentication()) {
            case NONE -> Optional.empty();
            case BASIC -> basic(repository);
            case BEARER -> bearer(path);
        };
    }

    private Optional<RegistryReply> basic(Optional<Repository> repository) {
        if (repository.filter(Repository::anonymous).isPresent()) {
            return Optional.empty();
        }
        Optional<Credential> credential = credential();
        if (credential.filter(known -> !known.isOver()).isEmpty()) {
            Map<String, String> challenge = Map.of("WWW-Authenticate", "Basic realm=\"Registry Realm\"");
            return Optional.of(
                    error(401, challenge, "UNAUTHORIZED", refusalMessage(credential, "authentication required")));
        }
        return repository.map(one -> one.allows(credential.get())).orElse(true)
                ? Optional.empty()
                : Optional.of(error(403, Map.of(), "DENIED", "requested access to the resource is denied"));
    }

    private Optional<RegistryReply> bearer(String path) {
        String sent = request.authorization().orElse("");
        if (sent.equals("Bearer " + pullToken(path))) {
            return Optional.empty();
        }
        String realm = request.url().resolve(REALM).toString();
        String challenge = "Bearer realm=\"" + realm + "\",service=\"" + host.name() + "\",scope=\"repository:" + path
                + ":pull\"" + (sent.isEmpty() ? "" : ",error=\"insufficient_scope\"");
        return Optional.of(
                error(401, Map.of("WWW-Authenticate", challenge), "UNAUTHORIZED", "authentication required"));
    }

    private RegistryReply manifest(Optional<Repository> repository, String version) {
        Optional<Image> image = repository.flatMap(one -> one.image(version));
        if (image.isPresent()) {
            Map<String, String> headers = new HashMap<>(Map.of("Content-Type", MediaTypes.OCI_MANIFEST));
            image.get().digest().ifPresent(digest -> headers.put("Docker-Content-Digest", digest));
            return reply(200, headers, "");
        }
        return repository.isEmpty()
                ? error(404, Map.of(), "NAME_UNKNOWN", "repository name not known to registry")
                : error(404, Map.of(), "MANIFEST_UNKNOWN", "manifest unknown");
    }

    private RegistryReply blob(Optional<Repository> repository, String version) {
        int status = repository
                .flatMap(one -> one.image(version))
                .map(Image::content)
                .orElse(404);
        return switch (status) {
            case 403 -> error(403, Map.of(), "DENIED", "requested access to the resource is denied");
            case 404 -> error(404, Map.of(), "BLOB_UNKNOWN", "blob unknown to registry");
            default -> reply(status, Map.of(), "");
        };
    }

    private Optional<Credential> credential() {
        String header = request.authorization().orElse("");
        if (!header.startsWith("Basic ")) {
            return Optional.empty();
        }
        byte[] decoded = Base64.getDecoder().decode(header.substring("Basic ".length()));
        String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        return host.credential(new Login(pair[0], Password.of(pair[1])));
    }

    private static String refusalMessage(Optional<Credential> credential, String otherReason) {
        return credential.isPresent() ? "authentication token has expired" : otherReason;
    }

    private RegistryReply error(int status, Map<String, String> headers, String code, String message) {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").add(error);
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return reply(status, all, body.toString());
    }

    private RegistryReply reply(int status, Map<String, String> headers, String body) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        byte[] bytes = request.method().equals("HEAD") ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return new RegistryReply(request.url(), status, new HttpHeaders(all), bytes, "");
    }
}
