package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.sync.SecretStep.Action;
import java.util.List;

/**
 * What is about to be written in one namespace, for whoever must be able to undo it although he does not live to hear
 * what came of it.
 *
 * @param namespace where
 * @param creates whether there is no Secret of that name, and one will be; false where nobody may look (blind mode)
 * @param binds the ServiceAccounts whose list will get the name
 */
public record SyncIntent(String namespace, boolean creates, List<String> binds) {

    static SyncIntent of(String namespace, SyncPlan plan, Observation seen) {
        return new SyncIntent(
                namespace,
                seen.readable() && plan.secret().action() == Action.CREATE,
                plan.accounts().stream()
                        .filter(step ->
                                step.action() == AccountStep.Action.BIND || step.action() == AccountStep.Action.CREATE)
                        .map(AccountStep::account)
                        .toList());
    }
}
