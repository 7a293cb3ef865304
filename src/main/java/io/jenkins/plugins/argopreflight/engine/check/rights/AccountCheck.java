package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.Optional;

/** A check of the ServiceAccounts of each pod. */
abstract class AccountCheck extends PodItemCheck<Account> {

    AccountCheck(CheckInfo info) {
        super(info, PodAccounts::all);
    }

    /**
     * Returns the problems of an account that could be read.
     *
     * @param serviceAccount the ServiceAccount; empty if it does not exist
     */
    abstract List<Finding> check(Facts facts, Account account, Optional<ObjectNode> serviceAccount);

    @Override
    protected final List<Finding> check(Facts facts, Account account) {
        return account.isUnresolved()
                ? List.of(UnknownFindings.unresolvedName(
                        info(), account.subject(""), "the ServiceAccount of the pod", account.name()))
                : account.object(facts)
                        .fold(
                                serviceAccount -> check(facts, account, serviceAccount),
                                unknown -> List.of(UnknownFindings.findingInNamespace(
                                        info(),
                                        account.subject(""),
                                        "ServiceAccount " + account.name(),
                                        account.namespace(),
                                        unknown)));
    }
}
