package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.util.Optional;

/**
 * A question to a registry and its answer.
 *
 * @param credential the credential that was sent; empty for anonymous
 * @param answer the answer of the registry
 * @param byConsumer whether the consumer would ask this as well: it stops at the first success, and asks anonymously
 *     only where no credential matches. Other questions are asked for comparison.
 */
public record ProbeAttempt(Optional<StoredCredential> credential, Answer answer, boolean byConsumer) {

    /**
     * Returns the login that a container runtime sends: none for a credential without a user name, since the kubelet
     * sets no token.
     */
    public static Optional<Login> login(StoredCredential credential) {
        return credential.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(credential.username(), credential.password()));
    }
}
