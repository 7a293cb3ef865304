package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Observation;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncPlan;
import java.util.List;

/**
 * A dry run of a plan: it reports the changes, and lets the server check them ({@code dryRun=All}) if the login can
 * write.
 */
final class DryRun {

    private final SyncRequest request;
    private final SecretWriter secrets;
    private final AccountWriter accounts;
    private final NamespaceDraft draft;

    DryRun(SyncRequest request, SecretWriter secrets, AccountWriter accounts, NamespaceDraft draft) {
        this.request = request;
        this.secrets = secrets;
        this.accounts = accounts;
        this.draft = draft;
    }

    /**
     * Reports and checks a plan.
     *
     * @param missing the rights that the writes need and that the login does not have
     */
    void judge(SyncPlan plan, Observation observation, List<Right> missing) {
        SecretAction secret = plan.secret();
        if (!observation.readable()) {
            draft.notes.add(SyncFailure.blindNote(request, draft.namespace));
        }
        if (secret.action() != Action.KEEP || secret.current().isPresent()) {
            draft.secretChanged(request.name(), secret.action(), secret.diff());
        }
        boolean judged = missing.isEmpty();
        if (judged) {
            attempt(() -> judgeSecret(secret, observation.readable()));
        } else {
            draft.notes.add(
                    "a difference made here: the server was not asked, which is not allowed: " + missing.get(0));
        }
        draft.secret = secret.wanted();
        for (AccountStep step : plan.accounts()) {
            ObjectNode before = observation.accounts().get(step.account());
            draft.accountChanged(step, before == null ? List.of() : AccountStep.pullSecrets(before));
            if (judged) {
                attempt(() -> accounts.write(step, now -> SyncPlan.step(request, now), WriteMode.DRY_RUN));
            }
        }
    }

    private void judgeSecret(SecretAction step, boolean readable) {
        if (!readable && step.action() == Action.CREATE) {
            secrets.writeBlindly(step, WriteMode.DRY_RUN);
        } else if (step.action() == Action.RECREATE) {
            draft.notes.add("the server was not asked about Secret " + request.name()
                    + ": it cannot show what follows a deletion");
        } else {
            secrets.write(step, now -> SecretAction.keep(now, List.of()), WriteMode.DRY_RUN);
        }
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (ClusterException e) {
            SyncFailure.throwInterruption(e);
            draft.failures.add("the server would refuse: " + SyncFailure.text(e));
        }
    }
}
