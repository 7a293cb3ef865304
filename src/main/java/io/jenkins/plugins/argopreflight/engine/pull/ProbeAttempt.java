package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.util.Optional;

/**
 * One question to a registry and its answer.
 *
 * @param credential the credential that was sent; empty for anonymous
 * @param answer what the registry said
 * @param byConsumer whether the consumer would ask this too: it stops at the first success, and asks anonymously only
 *     where no credential matches; everything else is asked for comparison
 */
public record ProbeAttempt(Optional<StoredCredential> credential, Answer answer, boolean byConsumer) {

    /** Container runtimes send nothing for a credential without a user name, as the kubelet never sets a token. */
    public static Optional<Login> login(StoredCredential credential) {
        return credential.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(credential.username(), credential.password()));
    }
}
