package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Content;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Observation;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Ownership;
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretPlan;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncPlan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A writer that carries out a plan. A Secret is applied before the ServiceAccounts that refer to it, and removed after
 * them, so that no ServiceAccount ever refers to a Secret of Argo Preflight that does not exist.
 */
final class NamespaceWriter {

    static final Instruction AGAIN = Instruction.line("run it again: what is done stays, what is left is completed");

    private final SyncRequest request;
    private final SecretPlan plans;
    private final NamespaceReader reader;
    private final SecretWriter secrets;
    private final AccountWriter accounts;
    private final TemporarySecret temporary;
    private final NamespaceDraft draft;
    /** The temporary Secret that an interrupted recreation left. */
    private Optional<ObjectNode> temporaryLeft = Optional.empty();
    /** True if the server reported an object as invalid. */
    private boolean invalid;

    NamespaceWriter(
            ClusterGateway gateway,
            SyncRequest request,
            SecretPlan plans,
            NamespaceReader reader,
            Clock clock,
            NamespaceDraft draft) {
        this.request = request;
        this.plans = plans;
        this.reader = reader;
        this.draft = draft;
        this.secrets = new SecretWriter(gateway, reader, request, clock);
        this.accounts = new AccountWriter(gateway, reader);
        this.temporary = new TemporarySecret(gateway, reader, secrets, accounts, request);
    }

    /** Carries out a plan as far as possible. The draft gets the failures. */
    void carryOut(SyncPlan plan, Observation observation, boolean cleanUp) {
        temporaryLeft = observation.temporary();
        boolean apply = request.mode() == SyncMode.APPLY;
        if (apply && !changeSecret(plan, observation)) {
            if (!draft.isRefusal) {
                draft.failures.addAll(notReached(plan));
                addRemediation();
            }
            return;
        }
        boolean all = true;
        for (AccountStep step : plan.accounts()) {
            all &= changeAccount(step);
        }
        if (!apply && all) {
            changeSecret(plan, observation);
        } else if (!apply && plan.secret().action() != Action.KEEP) {
            draft.failures.add("Secret " + request.name() + " was left, since a ServiceAccount still refers to it");
        }
        boolean recreated = draft.changes.stream().anyMatch(change -> change.action() == Change.Action.RECREATED);
        if (draft.failures.isEmpty() && (cleanUp || recreated)) {
            removeTemporary();
        }
        if (apply && observation.readable() && draft.failures.isEmpty() && draft.changedAnything()) {
            readBack();
        }
        if (!draft.failures.isEmpty() && !draft.isRefusal) {
            addRemediation();
        }
    }

    /** Adds the advice to run it again, unless the server reports an object as invalid, which does not change. */
    private void addRemediation() {
        if (!invalid) {
            draft.remediation.add(AGAIN);
        }
    }

    /**
     * Records a failure.
     *
     * @param problem the change that failed
     * @param remainder the state that the failure left, as the end of a sentence; "" for none
     */
    private void failed(String problem, ClusterException e, String remainder) {
        invalid |= e.kind() == Kind.INVALID;
        draft.failures.add(problem + ": " + SyncFailure.text(e) + remainder);
        SyncFailure.throwInterruption(e);
    }

    /** Changes the Secret, and returns whether this succeeded. */
    private boolean changeSecret(SyncPlan plan, Observation observation) {
        try {
            SecretAction result = observation.readable() ? write(plan.secret()) : writeBlindly(plan.secret());
            if (result.action() == Action.REFUSE) {
                draft.isRefusal = true;
                draft.failures.add(result.refusal());
                return false;
            }
            draft.secret = result.action() == Action.DELETE ? Optional.empty() : result.wanted();
            if (result.action() == Action.DELETE || !result.name().isEmpty()) {
                draft.secretChanged(request.name(), result.action(), result.diff());
            }
            return true;
        } catch (ClusterException e) {
            draft.isRefusal = SyncFailure.isUnusableNamespace(e);
            String left = plan.secret().action() == Action.RECREATE ? ". Left: " + temporary.left() : "";
            failed("Secret " + request.name(), e, left);
            return false;
        }
    }

    private SecretAction write(SecretAction first) {
        SecretAction step = first;
        if (step.action() != Action.RECREATE) {
            step = secrets.write(step, now -> plans.decide(draft.namespace, now, temporaryLeft), WriteMode.REAL);
        }
        return step.action() == Action.RECREATE && step.current().isPresent() ? temporary.recreate(step) : step;
    }

    private SecretAction writeBlindly(SecretAction create) {
        draft.notes.add(SyncFailure.blindNote(request, draft.namespace));
        return switch (request.mode()) {
            case APPLY -> create.stored(secrets.writeBlindly(create, WriteMode.REAL));
            case UNBIND -> create;
            case DELETE -> secrets.deleteBlindly(draft.namespace, request.name(), WriteMode.REAL);
        };
    }

    /** Changes a ServiceAccount, and returns whether this succeeded. */
    private boolean changeAccount(AccountStep step) {
        ObjectNode before = draft.accounts.get(step.account());
        List<String> oldList = before == null ? List.of() : AccountStep.pullSecrets(before);
        try {
            AccountStep result = accounts.write(step, now -> SyncPlan.step(request, now), WriteMode.REAL);
            draft.accountChanged(result, oldList);
            return true;
        } catch (ClusterException e) {
            String undone = request.mode() == SyncMode.APPLY ? "bound" : "unbound";
            failed("ServiceAccount " + step.account() + " was not " + undone, e, "");
            return false;
        }
    }

    private void removeTemporary() {
        try {
            draft.secret = temporary.remove();
            draft.changes.add(new Change(
                    "Secret", OwnershipLabels.temporaryName(request.name()), Change.Action.DELETED, List.of()));
        } catch (ClusterException e) {
            String temporary = "Secret " + OwnershipLabels.temporaryName(request.name());
            failed(temporary + ", which stood in while it was recreated, was not removed", e, "");
        }
    }

    /**
     * Reads the Secret back, which shows whether another program, such as an operator, restores the previous content at
     * once.
     */
    private void readBack() {
        Optional<ObjectNode> written = draft.secret;
        try {
            draft.secret = reader.secret(request.name());
        } catch (ClusterException e) {
            SyncFailure.throwInterruption(e);
            draft.unseen.add(Unavailable.requested(
                    "Secret " + request.name() + " in namespace " + draft.namespace + ", read back",
                    SyncFailure.text(e),
                    Optional.empty()));
            return;
        }
        boolean same = draft.secret.isPresent() && Content.isSame(draft.secret.get(), written.orElseThrow());
        if (!same) {
            draft.failures.add("Secret " + request.name() + " was written, and "
                    + (draft.secret.isPresent()
                            ? "it was changed in the meantime"
                                    + Ownership.of(draft.secret.get())
                                            .map(owner -> " (perhaps " + owner + ")")
                                            .orElse("")
                            : "it was deleted in the meantime"));
        }
    }

    private List<String> notReached(SyncPlan plan) {
        List<String> names = new ArrayList<>();
        for (AccountStep step : plan.accounts()) {
            if (step.action() != AccountStep.Action.KEEP) {
                names.add(step.account());
            }
        }
        return names.isEmpty() ? List.of() : List.of("ServiceAccount " + String.join(", ", names) + " left as it was");
    }
}
