package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.login.LoginExpiry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When the credential of a cluster ends that the plugin does not renew.
 *
 * @param credential its id
 * @param at the moment
 */
record CredentialEnd(String credential, Instant at) {

    private static final Duration NEAR = Duration.ofDays(14);

    /**
     * Reads it from the credential; no cluster is asked. Empty where it has no end, or another plugin renews it.
     *
     * @throws IOException when the credential cannot be used, in a sentence
     */
    static Optional<CredentialEnd> of(NamedCluster cluster) throws IOException {
        Optional<StandardCredentials> credentials = cluster.credentials();
        if (credentials.isEmpty() || ClusterCredentials.isRenewed(credentials.get())) {
            return Optional.empty();
        }
        return cluster.connection(credentials).source() instanceof ClusterSource.Endpoint endpoint
                ? LoginExpiry.of(endpoint.endpoint().login())
                        .map(end -> new CredentialEnd(credentials.get().getId(), end))
                : Optional.empty();
    }

    /** Whether it is time to replace it. */
    boolean isNear(Instant now) {
        return !now.isBefore(at.minus(NEAR));
    }

    String sentence(Clock clock) {
        Duration left = Duration.between(clock.instant(), at);
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        return left.isNegative()
                ? Messages.CredentialEnd_expired(credential, day)
                : Messages.CredentialEnd_expires(credential, day, left.toDays());
    }
}
