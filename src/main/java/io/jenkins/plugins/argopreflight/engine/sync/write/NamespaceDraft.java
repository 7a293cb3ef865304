package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
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
    final List<String> remediation = new ArrayList<>();
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

    void secretChanged(String name, SecretAction.Action action, List<String> diff) {
        String word =
                switch (action) {
                    case CREATE -> "created";
                    case UPDATE -> "updated";
                    case RECREATE -> "recreated";
                    case DELETE -> "deleted";
                    case RELEASE -> "released";
                    case KEEP, REFUSE -> "unchanged";
                };
        changes.add(new Change("Secret", name, word, diff));
    }

    void accountChanged(AccountStep step, List<String> oldList) {
        String word =
                switch (step.action()) {
                    case CREATE -> "created";
                    case BIND -> "bound";
                    case UNBIND -> "unbound";
                    case KEEP -> "unchanged";
                };
        changes.add(new Change("ServiceAccount", step.account(), word, step.diff()));
        accounts.put(step.account(), step.object());
        if (step.action() == AccountStep.Action.BIND || step.action() == AccountStep.Action.UNBIND) {
            rebound.put(step.account(), oldList);
        }
    }

    boolean changedAnything() {
        return changes.stream().anyMatch(change -> !change.action().equals("unchanged"));
    }

    NamespaceOutcome refused(List<String> refusals) {
        return outcome(Status.REFUSED, String.join("\n", refusals));
    }

    NamespaceOutcome finished() {
        if (failures.isEmpty()) {
            return outcome(changedAnything() ? Status.CHANGED : Status.UNCHANGED, "");
        }
        return outcome(isRefusal && !changedAnything() ? Status.REFUSED : Status.FAILED, String.join("\n", failures));
    }

    private NamespaceOutcome outcome(Status status, String message) {
        return new NamespaceOutcome(
                namespace,
                status,
                List.copyOf(changes),
                message,
                List.copyOf(remediation),
                List.of(),
                List.copyOf(notes));
    }
}
