package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.rights.PodAccounts.Account;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.List;
import java.util.Optional;

/** A check of the ServiceAccounts of each pod. */
abstract class AccountCheck extends DescribedCheck {

    AccountCheck(CheckInfo info) {
        super(info);
    }

    AccountCheck(String id, String summary) {
        this(info(id, summary));
    }

    static CheckInfo info(String id, String summary) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.CLUSTER).needing(Need.SERVICE_ACCOUNTS);
    }

    /** Returns whether this check concerns an account. */
    abstract boolean concerns(Account account);

    /**
     * Returns the problems of an account that could be read.
     *
     * @param object the ServiceAccount; empty if it does not exist
     */
    abstract List<Finding> check(Facts facts, Account account, Optional<ObjectNode> object);

    @Override
    public boolean applies(Facts facts) {
        return PodAccounts.of(facts).stream().anyMatch(this::concerns);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        for (Account account : PodAccounts.of(facts)) {
            if (concerns(account)) {
                accountFindings(facts, account).forEach(finding -> findings.add(finding.on(account.pod())));
            }
        }
        return findings;
    }

    private List<Finding> accountFindings(Facts facts, Account account) {
        if (account.isUnresolved()) {
            return List.of(UnknownFindings.unresolvedName(
                    info(), account.subject(""), "the ServiceAccount of the pod", account.name()));
        }
        Fact<Optional<ObjectNode>> object = account.object(facts);
        return object.fold(
                found -> check(facts, account, found),
                unknown ->
                        List.of(UnknownFindings.finding(info(), account.subject(""), account.description(), unknown)));
    }
}
