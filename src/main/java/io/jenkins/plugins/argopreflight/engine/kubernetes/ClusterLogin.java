package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The login at an API server: a header, a client certificate, or both.
 *
 * @param header the header that is sent with each request
 * @param certificate the certificate of the TLS handshake
 */
public record ClusterLogin(Header header, Optional<Certificate> certificate) {

    /** The content of the Authorization header. */
    public sealed interface Header {}

    /**
     * A bearer token, such as a ServiceAccount's.
     *
     * @param token called before each request, so that it can return a token that is renewed (TokenRequest) or rotated
     *     (a pod's); it answers from memory, is safe for concurrent use, and can throw a {@link KubeconfigException} or
     *     {@link ClusterException}
     */
    public record Bearer(Supplier<Password> token) implements Header {

        /** Creates a login with a token that stays the same. */
        public static Bearer of(Password token) {
            Password stripped = Password.of(token.reveal().strip());
            return new Bearer(() -> stripped);
        }

        @Override
        public String toString() {
            return "Bearer ***";
        }
    }

    /** HTTP Basic, which the cluster's authenticating proxy or webhook must know; kube-apiserver itself does not. */
    public record Basic(String username, Password password) implements Header {}

    /** The absence of a header. */
    public record None() implements Header {}

    /**
     * A client certificate.
     *
     * @param chain PEM, the certificate first
     * @param key PEM
     */
    public record Certificate(String chain, Password key) {}

    /** Returns the login of {@code system:anonymous}, without header and certificate. */
    public static ClusterLogin anonymous() {
        return new ClusterLogin(new None(), Optional.empty());
    }

    public static ClusterLogin token(Password token) {
        return new ClusterLogin(Bearer.of(token), Optional.empty());
    }

    /** Returns a login whose token is read before each request. */
    public static ClusterLogin token(Supplier<Password> token) {
        return new ClusterLogin(new Bearer(token), Optional.empty());
    }

    public static ClusterLogin basic(String username, Password password) {
        return new ClusterLogin(new Basic(username, password), Optional.empty());
    }

    public static ClusterLogin certificate(String chain, Password key) {
        return new ClusterLogin(new None(), Optional.of(new Certificate(chain, key)));
    }
}
