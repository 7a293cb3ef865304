package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How we prove to an API server who we are: by a header, by a client certificate, or by both.
 *
 * @param header what is sent with each request
 * @param certificate what is shown in the TLS handshake
 */
public record ClusterLogin(Header header, Optional<Certificate> certificate) {

    /** What the Authorization header holds. */
    public sealed interface Header {}

    /**
     * A bearer token, such as a ServiceAccount's.
     *
     * @param token asked before each request, so that a token which is renewed (TokenRequest) or rotated (a pod's) can be
     *     plugged in here; it answers from memory, is safe for concurrent use, and can throw a
     *     {@link KubeconfigException} or {@link ClusterException}
     */
    public record Bearer(Supplier<Password> token) implements Header {

        /** A token that stays the same. */
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

    /** No header. */
    public record None() implements Header {}

    /**
     * A client certificate.
     *
     * @param chain PEM, the certificate first
     * @param key PEM
     */
    public record Certificate(String chain, Password key) {}

    /** No login: {@code system:anonymous}. */
    public static ClusterLogin anonymous() {
        return new ClusterLogin(new None(), Optional.empty());
    }

    public static ClusterLogin token(Password token) {
        return new ClusterLogin(Bearer.of(token), Optional.empty());
    }

    /** A token that is asked for before each request. */
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
