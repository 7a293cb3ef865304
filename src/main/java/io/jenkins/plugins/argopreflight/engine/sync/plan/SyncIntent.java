package io.jenkins.plugins.argopreflight.engine.sync.plan;

import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import java.util.List;

/**
 * A record of the changes that are about to be written in one namespace. A later process can undo them if this one ends
 * before it gets the result.
 *
 * @param namespace the namespace
 * @param creates whether the requested Secret does not exist and will be created; false if Secrets cannot be read
 * @param binds the ServiceAccounts whose imagePullSecrets will get the name of the Secret
 */
public record SyncIntent(String namespace, boolean creates, List<String> binds) {

    public static SyncIntent of(String namespace, SyncPlan plan, Observation observation) {
        return new SyncIntent(
                namespace,
                observation.readable() && plan.secret().action() == Action.CREATE,
                plan.accounts().stream()
                        .filter(step ->
                                step.action() == AccountStep.Action.BIND || step.action() == AccountStep.Action.CREATE)
                        .map(AccountStep::account)
                        .toList());
    }
}
