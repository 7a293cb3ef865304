package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
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
 * A writer that carries a plan out. To apply, the Secret is written before the ServiceAccounts that refer to it; to
 * remove, after them. So no ServiceAccount ever refers to a Secret of ours that does not exist.
 */
final class NamespaceWriter {

    static final String AGAIN = "run it again: what is done stays, what is left is completed";

    private final SyncRequest request;
    private final SecretPlan plans;
    private final NamespaceReader reader;
    private final SecretWriter secrets;
    private final AccountWriter accounts;
    private final TemporarySecret temporary;
    private final NamespaceDraft draft;
    private Optional<ObjectNode> left = Optional.empty();
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

    /** Carries a plan out as far as possible. What failed is among the draft's failures. */
    void carryOut(SyncPlan plan, Observation seen, boolean cleanUp) {
        left = seen.temporary();
        boolean apply = request.mode() == SyncMode.APPLY;
        if (apply && !secret(plan, seen)) {
            if (!draft.mustNotBe) {
                draft.failures.addAll(notReached(plan));
                addRemediation();
            }
            return;
        }
        boolean all = true;
        for (AccountStep step : plan.accounts()) {
            all &= account(step);
        }
        if (!apply && all) {
            secret(plan, seen);
        } else if (!apply && plan.secret().action() != Action.KEEP) {
            draft.failures.add("Secret " + request.name() + " was left, since a ServiceAccount still refers to it");
        }
        boolean recreated =
                draft.changes.stream().anyMatch(change -> change.action().equals("recreated"));
        if (draft.failures.isEmpty() && (cleanUp || recreated)) {
            removeTemporary();
        }
        if (apply && seen.readable() && draft.failures.isEmpty() && draft.changedAnything()) {
            readBack();
        }
        if (!draft.failures.isEmpty() && !draft.mustNotBe) {
            addRemediation();
        }
    }

    /** Adds the advice to run it again, unless the server reports an object as invalid, which it stays. */
    private void addRemediation() {
        if (!invalid) {
            draft.remediation.add(AGAIN);
        }
    }

    private void failed(String what, ClusterException e, String left) {
        invalid |= e.kind() == Kind.INVALID;
        draft.failures.add(what + ": " + SyncFailure.text(e) + left);
        SyncFailure.throwInterruption(e);
    }

    private boolean secret(SyncPlan plan, Observation seen) {
        try {
            SecretAction done = seen.readable() ? write(plan.secret()) : writeBlindly(plan.secret());
            if (done.action() == Action.REFUSE) {
                draft.mustNotBe = true;
                draft.failures.add(done.refusal());
                return false;
            }
            draft.secret = done.action() == Action.DELETE ? Optional.empty() : done.wanted();
            if (done.action() == Action.DELETE || !done.name().isEmpty()) {
                draft.secretChanged(request.name(), done.action(), done.diff());
            }
            return true;
        } catch (ClusterException e) {
            draft.mustNotBe = SyncFailure.isNotHere(e);
            String left = plan.secret().action() == Action.RECREATE ? ". Left: " + temporary.left() : "";
            failed("Secret " + request.name(), e, left);
            return false;
        }
    }

    private SecretAction write(SecretAction first) {
        SecretAction step = first;
        if (step.action() != Action.RECREATE) {
            step = secrets.write(step, now -> plans.decide(draft.namespace, now, left), WriteMode.REAL);
        }
        return step.action() == Action.RECREATE && step.current().isPresent() ? temporary.recreate(step) : step;
    }

    private SecretAction writeBlindly(SecretAction create) {
        draft.notes.add(SyncFailure.blind(request, draft.namespace));
        return switch (request.mode()) {
            case APPLY -> create.stored(secrets.writeBlindly(create, WriteMode.REAL));
            case UNBIND -> create;
            case DELETE -> secrets.deleteBlindly(draft.namespace, request.name(), WriteMode.REAL);
        };
    }

    private boolean account(AccountStep step) {
        ObjectNode before = draft.accounts.get(step.account());
        List<String> oldList = before == null ? List.of() : AccountStep.pullSecrets(before);
        try {
            AccountStep done = accounts.write(step, now -> SyncPlan.step(request, now), WriteMode.REAL);
            draft.accountChanged(done, oldList);
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
            draft.changes.add(
                    new Change("Secret", OwnershipLabels.temporaryName(request.name()), "deleted", List.of()));
        } catch (ClusterException e) {
            String temporary = "Secret " + OwnershipLabels.temporaryName(request.name());
            failed(temporary + ", which stood in while it was recreated, was not removed", e, "");
        }
    }

    /** Reads the Secret back, which shows whether someone (an operator) restores the previous content at once. */
    private void readBack() {
        Optional<ObjectNode> written = draft.secret;
        try {
            draft.secret = reader.secret(request.name());
        } catch (ClusterException e) {
            SyncFailure.throwInterruption(e);
            draft.unseen.add(new Unavailable(
                    "Secret " + request.name() + " in namespace " + draft.namespace + ", read back",
                    SyncFailure.text(e),
                    Optional.empty(),
                    true));
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
