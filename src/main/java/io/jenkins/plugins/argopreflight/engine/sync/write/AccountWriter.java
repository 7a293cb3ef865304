package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import java.util.Optional;
import java.util.function.Function;

/**
 * A writer of one entry of a ServiceAccount's list that loses no other entry. The list is written with the
 * resourceVersion at which it was read. If another user or program was faster, it is read again and the change is
 * decided again.
 */
final class AccountWriter {

    private final ClusterGateway gateway;
    private final NamespaceReader reader;

    AccountWriter(ClusterGateway gateway, NamespaceReader reader) {
        this.gateway = gateway;
        this.reader = reader;
    }

    /**
     * Carries out a step.
     *
     * @param decide returns the step for the ServiceAccount as it is now
     * @return the step with the ServiceAccount as the server stored it
     */
    AccountStep write(AccountStep first, Function<ObjectNode, AccountStep> decide, WriteMode mode) {
        Attempts attempts = new Attempts();
        AccountStep step = first;
        while (step.action() != AccountStep.Action.KEEP) {
            try {
                ObjectNode stored = step.action() == AccountStep.Action.CREATE
                        ? gateway.create(Resource.SERVICE_ACCOUNTS, step.object(), mode)
                        : gateway.replace(Resource.SERVICE_ACCOUNTS, step.object(), mode);
                return new AccountStep(first.account(), step.action(), stored, step.diff());
            } catch (ClusterException e) {
                step = next(e, step, decide, attempts);
            }
        }
        return new AccountStep(first.account(), first.action(), step.object(), first.diff());
    }

    private AccountStep next(
            ClusterException failure, AccountStep step, Function<ObjectNode, AccountStep> decide, Attempts attempts) {
        if (failure.kind() == ClusterException.Kind.NOT_FOUND && step.action() == AccountStep.Action.UNBIND) {
            return new AccountStep(step.account(), AccountStep.Action.KEEP, step.object(), step.diff());
        }
        Optional<ObjectNode> current = attempts.readAfter(failure, () -> reader.account(step.account()));
        return current.map(decide).orElse(step);
    }
}
