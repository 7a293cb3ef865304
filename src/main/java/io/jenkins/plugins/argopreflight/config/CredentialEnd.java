package io.jenkins.plugins.argopreflight.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.LoginExpiry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time when a cluster's credential expires that must be replaced by hand.
 *
 * @param credential the id of the credential
 */
record CredentialEnd(String credential, Instant time) {

    private static final Duration WARNING_PERIOD = Duration.ofDays(14);

    /**
     * Reads the time from the credential, without a request to the cluster. Empty if the credential does not expire, or
     * if another plugin renews it.
     *
     * @throws IOException if the credential cannot be used; the message is a sentence
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

    /** Returns whether the credential should be replaced now. */
    boolean isNear(Instant now) {
        return !now.isBefore(time.minus(WARNING_PERIOD));
    }

    String sentence(Clock clock) {
        Duration left = Duration.between(clock.instant(), time);
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        return left.isNegative()
                ? Messages.CredentialEnd_expired(credential, day)
                : Messages.CredentialEnd_expires(credential, day, left.toDays());
    }
}
