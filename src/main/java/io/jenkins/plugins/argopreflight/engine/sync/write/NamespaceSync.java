package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Content;
import io.jenkins.plugins.argopreflight.engine.sync.plan.Observation;
import io.jenkins.plugins.argopreflight.engine.sync.plan.OwnershipLabels;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretPlan;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncPlan;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The sync of one namespace, from reading to reading back. A failure becomes the outcome of the namespace, never an
 * exception.
 */
final class NamespaceSync {

    private static final int DEFAULT_ACCOUNT_POLLS = 12;
    private static final long POLL_PAUSE_MILLIS = 250;

    private final ClusterGateway gateway;
    private final SyncRequest request;
    private final SecretPlan plans;
    private final NamespaceRights rights;
    private final String user;
    private final Clock clock;
    private final Consumer<SyncIntent> intents;
    private final NamespaceReader reader;
    private final NamespaceDraft draft;

    NamespaceSync(
            ClusterGateway gateway,
            SyncRequest request,
            SecretPlan plans,
            NamespaceRights rights,
            String user,
            Clock clock,
            Consumer<SyncIntent> intents,
            String namespace) {
        this.gateway = gateway;
        this.request = request;
        this.plans = plans;
        this.rights = rights;
        this.user = user;
        this.clock = clock;
        this.intents = intents;
        this.reader = new NamespaceReader(gateway, rights, namespace);
        this.draft = new NamespaceDraft(namespace);
    }

    SyncedNamespace run() {
        try {
            return synced(outcome());
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                return interrupted(e);
            }
            draft.failures.add(e.getMessage() + SyncFailure.remedy(e));
            draft.isRefusal = SyncFailure.isUnusableNamespace(e);
            return synced(draft.finished());
        } catch (RuntimeException e) {
            // The exception's message can contain what was read: only its class is reported, and the other namespaces
            // go on.
            draft.failures.add("internal error, " + e.getClass().getSimpleName() + ": please report it");
            return synced(draft.finished());
        }
    }

    /**
     * Returns the result after an interruption. An interrupted write has already added its failure; otherwise the
     * message of the exception is the failure.
     */
    private SyncedNamespace interrupted(ClusterException e) {
        if (draft.failures.isEmpty()) {
            draft.failures.add(e.getMessage());
        }
        draft.remediation.add(NamespaceWriter.AGAIN);
        return synced(draft.finished());
    }

    /** Reads, plans and writes. Ends before the writes if the plan is refused, a right is missing, or in a dry run. */
    private NamespaceOutcome outcome() {
        List<Right> blocking = rights.missingToLook(request);
        if (!blocking.isEmpty()) {
            return lacking(blocking);
        }
        Observation observation = reader.observe(request);
        if (observation.complete() && observation.accounts().isEmpty()) {
            Optional<String> gone = whyEmpty();
            if (gone.isPresent()) {
                return draft.refused(Problem.of(gone.get()));
            }
            observation = awaitDefault(observation);
        }
        draft.secret = observation.secret();
        draft.accounts.putAll(observation.accounts());
        SyncPlan plan = SyncPlan.of(request, plans, draft.namespace, observation);
        draft.notes.addAll(plan.notes());
        if (plan.isRefused()) {
            return draft.refused(Problem.of(plan.refusals()));
        }
        boolean cleanUp = observation.temporary().isPresent()
                || observation.secret().flatMap(OwnershipLabels::temporary).isPresent();
        List<Right> missing = rights.missingToWrite(request, plan, observation.readable(), cleanUp);
        if (request.options().dryRun()) {
            new DryRun(request, writer(), new AccountWriter(gateway, reader), draft).judge(plan, observation, missing);
            addRole(missing);
            return draft.finished();
        }
        if (!missing.isEmpty()) {
            return lacking(missing);
        }
        intents.accept(SyncIntent.of(draft.namespace, plan, observation));
        new NamespaceWriter(gateway, request, plans, reader, clock, draft).carryOut(plan, observation, cleanUp);
        return draft.finished();
    }

    private SecretWriter writer() {
        return new SecretWriter(gateway, reader, request, clock);
    }

    /**
     * Returns the refusal for missing rights. If only {@code get} for the Secret is missing, {@code --adopt} works
     * without it, unless the Secret is to be recreated.
     */
    private NamespaceOutcome lacking(List<Right> missing) {
        addRole(missing);
        Right get = Right.of("get", "", "secrets", draft.namespace).named(request.name());
        boolean adoptable = missing.equals(List.of(get)) && !request.options().recreate();
        String hint = adoptable
                ? SyncFailure.adoptHint(request)
                : rights.isNoneGranted(request) ? SyncFailure.unknownNamespaceHint(draft.namespace) : "";
        return draft.refused(Problem.nothingChanged("not allowed to " + Right.list(missing), hint));
    }

    private void addRole(List<Right> missing) {
        if (missing.isEmpty()) {
            return;
        }
        Optional<String> script = rights.grantCommand(request, user);
        script.map(Instruction::line).ifPresent(draft.remediation::add);
        String role = SmallestRole.yaml(rights.needed(request), user);
        draft.remediation.add(
                Instruction.documents(script.isPresent() ? "# or, applied with kubectl:\n" + role : role));
    }

    /**
     * Returns the reason why a namespace cannot get a ServiceAccount: it does not exist, or is being deleted. In any
     * other namespace, Kubernetes soon creates the ServiceAccount {@code default}.
     */
    private Optional<String> whyEmpty() {
        try {
            Optional<ObjectNode> found = gateway.get(Resource.NAMESPACES, "", draft.namespace);
            return TargetNamespaces.refusal(draft.namespace, found);
        } catch (ClusterException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Observation awaitDefault(Observation observation) {
        boolean awaited = request.mode() == SyncMode.APPLY
                && request.serviceAccounts().contains("default")
                && !request.options().createServiceAccounts();
        Map<String, ObjectNode> accounts = new TreeMap<>(observation.accounts());
        for (int poll = 0; awaited && accounts.isEmpty() && poll < DEFAULT_ACCOUNT_POLLS; poll++) {
            Attempts.pause(POLL_PAUSE_MILLIS);
            accounts.putAll(reader.allAccounts());
        }
        return new Observation(
                observation.readable(),
                observation.secret(),
                observation.temporary(),
                accounts,
                observation.complete());
    }

    private SyncedNamespace synced(NamespaceOutcome outcome) {
        Map<String, List<String>> lists = new TreeMap<>();
        for (String account : request.serviceAccounts()) {
            ObjectNode stored = draft.accounts.get(account);
            if (stored != null) {
                lists.put(account, AccountStep.pullSecrets(stored));
            }
        }
        return new SyncedNamespace(
                outcome,
                draft.secret.map(Content::pullSecret),
                lists,
                Map.copyOf(draft.rebound),
                List.copyOf(draft.unseen));
    }
}
