package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A real registry (the distribution project's) on loopback, plain HTTP, in memory. A login may pull {@code NAME/*} where
 * NAME is its user name; with token authentication everybody may pull {@code public/*}.
 */
public final class RealRegistry implements AutoCloseable {

    static final String SERVICE = "registry.test";

    private static final String PUBLISHER = "publisher";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder = RealServer.temporaryFolder("argo-preflight-registry-");
    private final int port = RealServer.freePort();
    private final Map<String, String> logins;
    private final Set<String> granted = ConcurrentHashMap.newKeySet();
    private final String publisherPassword = UUID.randomUUID().toString();
    private final TokenIssuer issuer;
    private final RealServer server;

    private RealRegistry(Map<String, String> logins, boolean tokens) {
        this.logins = new ConcurrentHashMap<>(logins);
        this.logins.put(PUBLISHER, publisherPassword);
        issuer = tokens ? new TokenIssuer(this) : null;
        writeConfiguration(tokens ? tokenAuthentication() : basicAuthentication());
        server = new RealServer(folder, List.of(ServerBinaries.require("registry"), "serve", "config.yml"));
        server.await(this::answers);
    }

    /**
     * Basic authentication by an htpasswd file: who has a login may pull everything, nobody else anything.
     *
     * @param logins password by user name
     */
    public static RealRegistry withPasswords(Map<String, String> logins) {
        return new RealRegistry(logins, false);
    }

    /** Token authentication with a token server of its own; the registry verifies the tokens' signatures. */
    public static RealRegistry withTokens(Map<String, String> logins) {
        return new RealRegistry(logins, true);
    }

    /** {@code 127.0.0.1:PORT}, as it stands in an image reference. */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** The raw queries that the token server was asked, oldest first. */
    public List<String> tokenRequests() {
        return issuer.requests();
    }

    /**
     * Changes a password. The old password is refused; tokens that were issued for it stay valid, as in every registry.
     */
    public void changePassword(String user, String password) {
        logins.put(user, password);
        if (issuer == null) {
            basicAuthentication();
        }
    }

    /** Allows a user to pull from a repository, with token authentication. */
    public void grant(String user, String repository) {
        granted.add(user + " " + repository);
    }

    /** Pushes a tiny image for linux/amd64; returns its digest. */
    public String push(String repository, String tag) {
        return TinyImage.push(publisher(repository), tag, "amd64");
    }

    /** Pushes an index of one tiny image for each architecture; returns the index's digest. */
    public String pushIndex(String repository, String tag, String... architectures) {
        return TinyImage.pushIndex(publisher(repository), tag, List.of(architectures));
    }

    private TinyImage.Target publisher(String repository) {
        String authorization = issuer == null
                ? "Basic " + Base64.getEncoder().encodeToString((PUBLISHER + ":" + publisherPassword).getBytes(UTF_8))
                : "Bearer " + issuer.token(PUBLISHER, List.of("repository:" + repository + ":pull,push"));
        return new TinyImage.Target("http://" + host(), repository, authorization);
    }

    boolean accepts(String user, String password) {
        return password.equals(logins.get(user));
    }

    boolean allows(String user, String repository, String action) {
        return user.equals(PUBLISHER)
                || action.equals("pull")
                        && (repository.startsWith("public/")
                                || repository.startsWith(user + "/")
                                || granted.contains(user + " " + repository));
    }

    private List<String> basicAuthentication() {
        write("htpasswd", logins.entrySet().stream().map(RealRegistry::htpasswd).toList());
        return List.of("auth: {htpasswd: {realm: Registry Realm, path: htpasswd}}");
    }

    private static String htpasswd(Map.Entry<String, String> login) {
        try {
            Process bcrypt = new ProcessBuilder(ServerBinaries.require("bcrypt"), login.getKey(), login.getValue())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new String(bcrypt.getInputStream().readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> tokenAuthentication() {
        issuer.writeJwks(folder.resolve("jwks.json"));
        return List.of("auth: {token: {realm: '" + issuer.realm() + "', service: " + SERVICE + ", issuer: "
                + TokenIssuer.ISSUER + ", jwks: jwks.json}}");
    }

    private void writeConfiguration(List<String> authentication) {
        write(
                "config.yml",
                Stream.concat(
                                Stream.of(
                                        "version: 0.1",
                                        "log: {level: warn}",
                                        "storage: {inmemory: {}}",
                                        "http: {addr: '" + host() + "', secret: test}"),
                                authentication.stream())
                        .toList());
    }

    private void write(String name, List<String> lines) {
        try {
            Files.write(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/"))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 401;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry starts", e);
        }
    }

    @Override
    public void close() {
        server.close();
        if (issuer != null) {
            issuer.close();
        }
    }
}
