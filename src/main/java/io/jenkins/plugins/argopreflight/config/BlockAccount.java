package io.jenkins.plugins.argopreflight.config;

import io.jenkins.plugins.argopreflight.engine.cluster.TokenAccount;
import java.util.Optional;

/** Which ServiceAccounts builds can get tokens of. */
final class BlockAccount {

    private BlockAccount() {}

    /**
     * What is wrong with a {@code blockServiceAccount}; empty when nothing is.
     *
     * @param written "" for none
     * @param ownAccount the {@code tokenServiceAccount} of the same cluster
     */
    static Optional<String> problem(String written, String ownAccount) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (TokenAccount.parse(written).isEmpty()) {
            return Optional.of(Messages.Account_form());
        }
        return written.equals(ownAccount) ? Optional.of(Messages.Account_ofJenkins()) : Optional.empty();
    }
}
