package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A request for a token of a ServiceAccount. The token's lifetime ends at {@code status.expirationTimestamp} of the
 * answer: the server can shorten the requested lifetime without an error.
 *
 * @see
 *     <a href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/">TokenRequest</a>
 */
final class TokenRequest {

    /**
     * The assumed lifetime of a token that seems to have expired already: without the time of its creation, its lifetime
     * is counted by our clock, which can differ from the server's.
     */
    private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);

    private final ServiceAccount account;
    private final Duration lifetime;
    private final String secret;

    TokenRequest(ServiceAccount account, Duration lifetime) {
        this(account, lifetime, "");
    }

    /**
     * Creates a request.
     *
     * @param secret the name of the Secret to which the server binds the token: it is invalid when the Secret that has
     *     this name now is deleted; "" for none
     */
    TokenRequest(ServiceAccount account, Duration lifetime, String secret) {
        this.account = account;
        this.lifetime = lifetime;
        this.secret = secret;
    }

    /**
     * Sends the request.
     *
     * @throws ClusterException if the server issues no token, with a sentence about the missing object or right
     */
    Issued send(ApiTransport bootstrap) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "authentication.k8s.io/v1")
                .put("kind", "TokenRequest");
        ObjectNode spec = body.putObject("spec").put("expirationSeconds", lifetime.toSeconds());
        if (!secret.isEmpty()) {
            spec.putObject("boundObjectRef")
                    .put("apiVersion", "v1")
                    .put("kind", "Secret")
                    .put("name", secret);
        }
        String path = "/api/v1/namespaces/" + account.namespace() + "/serviceaccounts/" + account.name() + "/token";
        // A request that is sent twice issues a second token and changes nothing else.
        ApiReply reply = bootstrap.send("POST", path, body, Retries.Effect.REPEATABLE);
        if (!reply.ok()) {
            throw refusal(reply);
        }
        String token = Json.text(reply.body(), "status", "token");
        if (token.isEmpty() || !Json.text(reply.body(), "kind").equals("TokenRequest")) {
            throw new ClusterException(Kind.SERVER_ERROR, noToken() + ": the answer of the server is no TokenRequest");
        }
        return new Issued(Password.of(token), grantedLifetime(reply.body()));
    }

    /**
     * Returns the granted lifetime. It is counted from the token's creation by the server's clock, if the answer has
     * this time, because our clock can differ.
     */
    private Duration grantedLifetime(JsonNode answer) {
        try {
            Instant expiry = Instant.parse(Json.text(answer, "status", "expirationTimestamp"));
            String created = Json.text(answer, "metadata", "creationTimestamp");
            Instant from = created.isEmpty() ? Clock.systemUTC().instant() : Instant.parse(created);
            Duration left = Duration.between(from, expiry);
            return left.compareTo(MIN_LIFETIME) < 0 ? MIN_LIFETIME : left;
        } catch (DateTimeException e) {
            throw new ClusterException(
                    Kind.SERVER_ERROR, noToken() + ": the server does not say when the token expires");
        }
    }

    private ClusterException refusal(ApiReply reply) {
        return switch (reply.code()) {
            case 401 ->
                new ClusterException(
                        Kind.UNAUTHORIZED,
                        noToken()
                                + ": the server does not accept the credential that requests it; replace the credential");
            case 403 ->
                new ClusterException(
                        Kind.UNAUTHORIZED,
                        noToken() + ": the credential that requests it is not allowed to "
                                + new Right(
                                        "create", "", "serviceaccounts", "token", account.namespace(), account.name())
                                + "; see docs/rbac/" + (secret.isEmpty() ? "bootstrap.yaml" : "block.yaml"));
            case 404 ->
                new ClusterException(
                        Kind.UNAUTHORIZED,
                        noToken() + ": the ServiceAccount "
                                + (secret.isEmpty()
                                        ? "does not exist; see docs/rbac/identity.yaml"
                                        : "or Secret " + secret + " does not exist; see docs/rbac/block.yaml"));
            default -> StatusErrors.of(reply, noToken(), noToken());
        };
    }

    /** Returns the beginning of each message. */
    private String noToken() {
        return "No token for ServiceAccount " + account.namespace() + "/" + account.name();
    }
}
