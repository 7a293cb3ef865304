package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.cluster.RenewedToken;
import io.jenkins.plugins.argopreflight.engine.cluster.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The token of a ServiceAccount, requested with the login of an endpoint and with nothing else. */
final class RequestedToken implements RenewedToken {

    private final TokenAccount account;
    private final Supplier<Issued> request;
    private final String key;

    /**
     * @param bootstrap whose login requests the tokens
     * @param request sends one request
     */
    RequestedToken(TokenAccount account, ClusterEndpoint bootstrap, Supplier<Issued> request) {
        this.account = account;
        this.request = request;
        this.key = key(account, bootstrap);
    }

    @Override
    public Password get() {
        return account.tokens().get(key, request);
    }

    @Override
    public void refused(Password token) {
        account.tokens().refuse(key, token);
    }

    /** The same only for who has the same login at the same server and trusts it in the same way. */
    private static String key(TokenAccount account, ClusterEndpoint bootstrap) {
        ClusterLogin login = bootstrap.login();
        Stream<String> header = login.header() instanceof ClusterLogin.Bearer bearer
                ? Stream.of("bearer", bearer.token().get().reveal())
                : login.header() instanceof ClusterLogin.Basic basic
                        ? Stream.of("basic", basic.username(), basic.password().reveal())
                        : Stream.of("none");
        Stream<String> certificate = login.certificate().stream()
                .flatMap(shown -> Stream.of(shown.chain(), shown.key().reveal()));
        Stream<String> place = Stream.of(
                account.account().namespace(),
                account.account().name(),
                account.lifetime().toString(),
                bootstrap.server(),
                bootstrap.trust().authority(),
                String.valueOf(bootstrap.trust().skipVerify()),
                bootstrap.trust().serverName(),
                bootstrap.as(),
                bootstrap.asGroups().toString());
        return digest(Stream.of(place, header, certificate).flatMap(part -> part));
    }

    private static String digest(Stream<String> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.map(part -> part.getBytes(StandardCharsets.UTF_8)).forEach(part -> {
                digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(part);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
