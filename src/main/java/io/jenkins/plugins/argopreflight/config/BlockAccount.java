package io.jenkins.plugins.argopreflight.config;

import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import java.util.Optional;

/** The validation of {@code blockServiceAccount}, the ServiceAccount whose tokens builds can get. */
final class BlockAccount {

    private BlockAccount() {}

    /**
     * Returns the problem of a {@code blockServiceAccount}; empty if it is valid.
     *
     * @param account the setting; "" for none
     * @param ownAccount the {@code tokenServiceAccount} of the same cluster
     */
    static Optional<String> problem(String account, String ownAccount) {
        if (account.isEmpty()) {
            return Optional.empty();
        }
        if (TokenAccount.parse(account).isEmpty()) {
            return Optional.of(Messages.Account_form());
        }
        return account.equals(ownAccount) ? Optional.of(Messages.Account_ofJenkins()) : Optional.empty();
    }
}
