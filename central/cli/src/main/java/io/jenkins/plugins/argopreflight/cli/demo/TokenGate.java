package io.jenkins.plugins.argopreflight.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The token endpoint of the demo's registry, which issues tokens for one repository, as Docker Hub, GHCR, Harbor and
 * GitLab do.
 */
final class TokenGate {

    private static final int LIFETIME_SECONDS = 300;

    /**
     * The claims of a token.
     *
     * @param repository the repository that can be pulled; "" for none
     */
    private record Claims(String repository, Instant expires) {}

    private final String service;
    private final String realm;
    private final DemoAccounts accounts;
    private final Map<String, Claims> tokens = new ConcurrentHashMap<>();

    TokenGate(String service, String realm, DemoAccounts accounts) {
        this.service = service;
        this.realm = realm;
        this.accounts = accounts;
    }

    /**
     * Returns the refusal of a request; empty if it is allowed.
     *
     * @param repository the repository; "" for the base endpoint {@code /v2/}
     */
    Optional<DemoResponse> refuse(DemoRequest request, String repository) {
        String scope = "repository:" + repository + ":pull";
        String challenge = "Bearer realm=\"" + realm + "\",service=\"" + service + "\""
                + (repository.isEmpty() ? "" : ",scope=\"" + scope + "\"");
        Optional<Claims> claims = request.bearer()
                .map(tokens::get)
                .filter(known -> known.expires().isAfter(Instant.now()));
        if (claims.isEmpty()) {
            String error = request.bearer().isPresent() ? ",error=\"invalid_token\"" : "";
            return Optional.of(DemoResponse.challenge(challenge + error));
        }
        return repository.isEmpty() || claims.get().repository().equals(repository)
                ? Optional.empty()
                : Optional.of(DemoResponse.challenge(challenge + ",error=\"insufficient_scope\""));
    }

    /** Issues a token with the right to pull what the user can pull. A wrong password is refused. */
    DemoResponse token(DemoRequest request) {
        Optional<DemoRequest.Basic> basic = request.basic();
        if (!request.authorization().isEmpty() && !basic.map(accounts::accepts).orElse(false)) {
            return DemoResponse.error(401, "UNAUTHORIZED", "incorrect username or password");
        }
        String user = basic.map(DemoRequest.Basic::username).orElse("");
        String[] scope = request.query().getOrDefault("scope", "").split(":");
        boolean pull = scope.length == 3
                && scope[0].equals("repository")
                && scope[2].contains("pull")
                && accounts.mayPull(user, scope[1]);
        Instant now = Instant.now();
        String token = UUID.randomUUID().toString();
        tokens.put(token, new Claims(pull ? scope[1] : "", now.plusSeconds(LIFETIME_SECONDS)));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("token", token);
        body.put("expires_in", LIFETIME_SECONDS);
        body.put("issued_at", now.toString());
        return DemoResponse.json(200, body.toString());
    }
}
