package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DiffLine;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The outcome of one namespace while it is produced. */
final class NamespaceDraft {

    final String namespace;
    final List<Change> changes = new ArrayList<>();
    final Set<String> notes = new LinkedHashSet<>();
    final List<Instruction> remediation = new ArrayList<>();
    final List<Unavailable> unseen = new ArrayList<>();
    /** The problems, a sentence each. */
    final List<String> failures = new ArrayList<>();

    final Map<String, List<String>> rebound = new LinkedHashMap<>();
    final Map<String, ObjectNode> accounts = new LinkedHashMap<>();
    Optional<ObjectNode> secret = Optional.empty();
    /** True if a rule forbids the change; false if the change failed. */
    boolean isRefusal;

    NamespaceDraft(String namespace) {
        this.namespace = namespace;
    }

    void secretChanged(String name, SecretAction.Action planned, List<DiffLine> diff) {
        Change.Action action =
                switch (planned) {
                    case CREATE -> Change.Action.CREATED;
                    case UPDATE -> Change.Action.UPDATED;
                    case RECREATE -> Change.Action.RECREATED;
                    case DELETE -> Change.Action.DELETED;
                    case RELEASE -> Change.Action.RELEASED;
                    case KEEP, REFUSE -> Change.Action.UNCHANGED;
                };
        changes.add(new Change("Secret", name, action, diff));
    }

    void accountChanged(AccountStep step, List<String> oldList) {
        Change.Action action =
                switch (step.action()) {
                    case CREATE -> Change.Action.CREATED;
                    case BIND -> Change.Action.BOUND;
                    case UNBIND -> Change.Action.UNBOUND;
                    case KEEP -> Change.Action.UNCHANGED;
                };
        changes.add(new Change("ServiceAccount", step.account(), action, step.diff()));
        accounts.put(step.account(), step.object());
        if (step.action() == AccountStep.Action.BIND || step.action() == AccountStep.Action.UNBIND) {
            rebound.put(step.account(), oldList);
        }
    }

    boolean changedAnything() {
        return changes.stream().anyMatch(change -> change.action() != Change.Action.UNCHANGED);
    }

    NamespaceOutcome refused(Problem problem) {
        return outcome(Status.REFUSED, problem);
    }

    NamespaceOutcome finished() {
        if (failures.isEmpty()) {
            return outcome(changedAnything() ? Status.CHANGED : Status.UNCHANGED, Problem.NONE);
        }
        return outcome(isRefusal && !changedAnything() ? Status.REFUSED : Status.FAILED, Problem.of(failures));
    }

    private NamespaceOutcome outcome(Status status, Problem problem) {
        return new NamespaceOutcome(
                namespace,
                status,
                List.copyOf(changes),
                problem,
                List.copyOf(remediation),
                List.of(),
                List.copyOf(notes));
    }
}
