package io.jenkins.plugins.argopreflight.testing.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Plain JSON calls to a real API server, with the path written out; it shares no code with the engine's gateway. */
public final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPLY = "application/apply-patch+yaml";

    private final String url;
    private final String token;
    private final HttpClient http;
    private final Map<String, String> paths = new ConcurrentHashMap<>();

    ApiClient(String url, Path certificates, String token) {
        this.url = url;
        this.token = token;
        this.http = HttpClient.newBuilder().sslContext(trusting(certificates)).build();
    }

    /** A TLS context that trusts these PEM certificates and no others. */
    static SSLContext trusting(Path certificates) {
        try (InputStream in = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("c" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean ready() {
        try {
            return send("GET", "/readyz", BodyPublishers.noBody(), "*/*").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** POST; the object needs no apiVersion and kind. */
    public JsonNode create(String path, Object object) {
        return call("POST", path, object);
    }

    /** PATCH with a JSON merge patch: a list in it replaces the stored list. */
    public JsonNode mergePatch(String path, Object patch) {
        return call("PATCH", path, patch);
    }

    /** Makes an object as it stands here, whether it is there or not: by its apiVersion, kind, namespace and name. */
    public void apply(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        String path = path(
                        object.path("apiVersion").asText(), object.path("kind").asText())
                .formatted(metadata.path("namespace").asText());
        call("PATCH", path + "/" + metadata.path("name").asText() + "?fieldManager=tests&force=true", object, APPLY);
    }

    /** Returns the path of objects of a kind; {@code %s} stands for the namespace. */
    private String path(String apiVersion, String kind) {
        String group = (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
        String known = paths.get(apiVersion + " " + kind);
        if (known != null) {
            return known;
        }
        for (JsonNode resource : get(group).path("resources")) {
            String name = resource.path("name").asText();
            if (resource.path("kind").asText().equals(kind) && !name.contains("/")) {
                String path = group + (resource.path("namespaced").asBoolean() ? "/namespaces/%s/" : "/") + name;
                paths.put(apiVersion + " " + kind, path);
                return path;
            }
        }
        throw new IllegalArgumentException("the API server has no " + kind + " of " + apiVersion);
    }

    public JsonNode delete(String path) {
        return call("DELETE", path, null);
    }

    /** The HTTP status of a GET: 200, 404, … */
    public int status(String path) {
        return send("GET", path, BodyPublishers.noBody(), "application/json").statusCode();
    }

    void grant(String user, Right right) {
        boolean everywhere = right.namespace().isEmpty();
        String kind = everywhere ? "ClusterRole" : "Role";
        String path = "/apis/rbac.authorization.k8s.io/v1/"
                + (everywhere ? "cluster" : "namespaces/" + right.namespace() + "/");
        String resource =
                right.subresource().isEmpty() ? right.resource() : right.resource() + "/" + right.subresource();
        Map<String, Object> rule = Map.of(
                "verbs", List.of(right.verb()),
                "apiGroups", List.of(right.group()),
                "resources", List.of(resource),
                "resourceNames", right.name().isEmpty() ? List.of() : List.of(right.name()));
        Map<String, String> generated = Map.of("generateName", user + "-");
        String role = create(path + "roles", Map.of("metadata", generated, "rules", List.of(rule)))
                .at("/metadata/name")
                .asText();
        create(
                path + "rolebindings",
                Map.of(
                        "metadata", generated,
                        "roleRef", Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", kind, "name", role),
                        "subjects",
                                List.of(Map.of(
                                        "apiGroup", "rbac.authorization.k8s.io", "kind", "User", "name", user))));
        awaitAllowed(user, right);
    }

    /** The authorizer learns of a binding by its own watch, some milliseconds after it is stored. */
    private void awaitAllowed(String user, Right right) {
        Map<String, Object> review = Map.of(
                "spec",
                Map.of(
                        "user",
                        user,
                        "resourceAttributes",
                        Map.of(
                                "verb", right.verb(),
                                "group", right.group(),
                                "resource", right.resource(),
                                "subresource", right.subresource(),
                                "namespace", right.namespace(),
                                "name", right.name())));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!create("/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
                .at("/status/allowed")
                .asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(user + " may still not " + right);
            }
        }
    }

    private JsonNode call(String method, String path, Object body) {
        return call(method, path, body, method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
    }

    private JsonNode call(String method, String path, Object body, String type) {
        try {
            var publisher =
                    body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
            HttpResponse<byte[]> response = send(method, path, publisher, type);
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " "
                        + answer.path("message").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, HttpRequest.BodyPublisher body, String type) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, body)
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + method + " " + path, e);
        }
    }
}
