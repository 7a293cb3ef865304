package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.kubernetes.RenewedToken;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.function.Supplier;

/** The token of a ServiceAccount, requested only with the login of an endpoint. */
final class RequestedToken implements RenewedToken {

    private final TokenAccount account;
    private final Supplier<Issued> request;
    private final String key;

    /**
     * Creates a token, which is not requested yet.
     *
     * @param bootstrap the endpoint whose login requests the tokens
     * @param request the supplier that sends one request
     */
    RequestedToken(TokenAccount account, ClusterEndpoint bootstrap, Supplier<Issued> request) {
        this.account = account;
        this.request = request;
        this.key = ConnectionKey.of(
                bootstrap,
                account.account().namespace(),
                account.account().name(),
                account.lifetime().toString());
    }

    @Override
    public Password get() {
        return account.tokens().get(key, account.user(), request);
    }

    @Override
    public void refused(Password token) {
        account.tokens().refuse(key, token);
    }

    /**
     * The key of the token. It is equal only for the same account, requested with the same login and trust at the same
     * server.
     */
    String key() {
        return key;
    }
}
