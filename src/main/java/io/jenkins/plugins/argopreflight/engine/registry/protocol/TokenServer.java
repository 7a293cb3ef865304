package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The endpoint in a Bearer challenge (<a href="https://distribution.github.io/distribution/spec/auth/token/">token
 * authentication</a>): a GET with Basic, and after it a POST only for the tokens of ACR's own user, since GCR and
 * Artifactory refuse a POST.
 */
final class TokenServer {

    private static final String ACR_USER = "00000000-0000-0000-0000-000000000000";
    /** Matches a text of printable ASCII, as a header can have it. */
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

    private static final ObjectMapper JSON = new ObjectMapper(UntrustedJson.factory());

    private final Wire wire;

    TokenServer(Wire wire) {
        this.wire = wire;
    }

    /**
     * Requests a token.
     *
     * @param depth the number of answers that the question waited for so far
     * @throws NoAnswer if there is no answer, or if the credential must not be sent to the token server
     */
    TokenGrant ask(
            String registry, Challenge challenge, String scope, Optional<Login> login, int depth, Deadline deadline)
            throws NoAnswer {
        URI realm = realm(registry, challenge);
        if (login.isPresent() && !wire.maySendCredentials(realm)) {
            throw new NoAnswer(
                    Verdict.UNKNOWN,
                    registry,
                    "credentials not sent to a plain http realm",
                    registry + " sends logins to " + realm.getScheme() + "://" + realm.getRawAuthority()
                            + ", where the password would be readable on the network, so it was not sent: configure an"
                            + " https realm on the registry, or allow plain http for " + realm.getRawAuthority() + ".");
        }
        RegistryReply reply = get(registry, realm, challenge, scope, login, deadline);
        if (!reply.ok() && login.isPresent() && login.get().username().equals(ACR_USER)) {
            depth++;
            reply = post(registry, realm, challenge, scope, login.get(), deadline);
        }
        return new TokenGrant(realm, token(reply), reply, depth + 1);
    }

    private RegistryReply get(
            String registry, URI realm, Challenge challenge, String scope, Optional<Login> login, Deadline deadline)
            throws NoAnswer {
        StringBuilder query = new StringBuilder(realm.getRawQuery() == null ? "" : realm.getRawQuery() + "&");
        if (!challenge.get("service").isEmpty()) {
            query.append("service=").append(encoded(challenge.get("service"))).append('&');
        }
        for (String one : scope.split(" +")) {
            query.append("scope=").append(encoded(one)).append('&');
        }
        String bare = realm.toString().split("[?#]", 2)[0];
        URI url = URI.create(bare + "?" + query.substring(0, query.length() - 1));
        return wire.send(
                Request.of(registry, "GET", url)
                        .withHeader("Accept", "application/json")
                        .withAuthorization(login.map(Request::basic)),
                deadline);
    }

    private RegistryReply post(
            String registry, URI realm, Challenge challenge, String scope, Login login, Deadline deadline)
            throws NoAnswer {
        String form = "grant_type=refresh_token&client_id=argo-preflight&service=" + encoded(challenge.get("service"))
                + "&scope=" + encoded(scope) + "&refresh_token="
                + encoded(login.password().reveal());
        return wire.send(Request.of(registry, "POST", realm).withForm(form), deadline);
    }

    private static URI realm(String registry, Challenge challenge) throws NoAnswer {
        try {
            URI realm = URI.create(challenge.get("realm"));
            boolean web = "https".equalsIgnoreCase(realm.getScheme()) || "http".equalsIgnoreCase(realm.getScheme());
            if (web && realm.getHost() != null && realm.getRawUserInfo() == null) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            // Reported below.
        }
        throw new NoAnswer(
                Verdict.UNKNOWN,
                registry,
                "realm is not a URL",
                registry + " answers with a Bearer challenge whose realm is not a URL of http or https; fix the"
                        + " registry's auth.token.realm.");
    }

    /** Returns the token of a JSON answer; empty for the answer of another service, which is never sent as a token. */
    private static Optional<Password> token(RegistryReply reply) {
        if (!reply.ok() || !reply.isJson()) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(new String(reply.body(), StandardCharsets.UTF_8));
            String token = body == null ? "" : Json.text(body, "token");
            String text = token.isEmpty() && body != null ? Json.text(body, "access_token") : token;
            return VISIBLE.matcher(text).matches() ? Optional.of(Password.of(text)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
