package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
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

/** The sync of one namespace, from reading to reading back. Every failure in it is its outcome, never an exception. */
final class NamespaceSync {

    private static final int DEFAULT_ACCOUNT_POLLS = 12;

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
            draft.mustNotBe = SyncFailure.isNotHere(e);
            return synced(draft.finished());
        } catch (RuntimeException e) {
            // The exception's message can contain what was read: only its class is reported, and the other namespaces
            // go on.
            draft.failures.add("internal error, " + e.getClass().getSimpleName() + ": please report it");
            return synced(draft.finished());
        }
    }

    /**
     * Returns the result after an interruption. Work under way is among the failures already; otherwise there was none.
     */
    private SyncedNamespace interrupted(ClusterException e) {
        if (draft.failures.isEmpty()) {
            draft.failures.add(e.getMessage());
        }
        draft.remediation.add(NamespaceWriter.AGAIN);
        return synced(draft.finished());
    }

    private NamespaceOutcome outcome() {
        List<Right> blocking = rights.missingToLook(request);
        if (!blocking.isEmpty()) {
            return lacking(blocking);
        }
        Observation seen = reader.observe(request);
        if (seen.complete() && seen.accounts().isEmpty()) {
            Optional<String> gone = whyEmpty();
            if (gone.isPresent()) {
                return draft.refused(List.of(gone.get()));
            }
            seen = awaitDefault(seen);
        }
        draft.secret = seen.secret();
        draft.accounts.putAll(seen.accounts());
        SyncPlan plan = SyncPlan.of(request, plans, draft.namespace, seen);
        draft.notes.addAll(plan.notes());
        if (plan.isRefused()) {
            return draft.refused(plan.refusals());
        }
        boolean cleanUp = seen.temporary().isPresent()
                || seen.secret().flatMap(OwnershipLabels::temporary).isPresent();
        List<Right> missing = rights.missingToWrite(request, plan, seen.readable(), cleanUp);
        if (request.options().dryRun()) {
            new DryRun(request, writer(), new AccountWriter(gateway, reader), draft).judge(plan, seen, missing);
            addRole(missing);
            return draft.finished();
        }
        if (!missing.isEmpty()) {
            return lacking(missing);
        }
        intents.accept(SyncIntent.of(draft.namespace, plan, seen));
        new NamespaceWriter(gateway, request, plans, reader, clock, draft).carryOut(plan, seen, cleanUp);
        return draft.finished();
    }

    private SecretWriter writer() {
        return new SecretWriter(gateway, reader, request, clock);
    }

    private NamespaceOutcome lacking(List<Right> missing) {
        addRole(missing);
        Right get = Right.of("get", "", "secrets", draft.namespace).named(request.name());
        boolean adoptable = missing.equals(List.of(get)) && !request.options().recreate();
        String hint = adoptable
                ? SyncFailure.adopt(request)
                : rights.none(request) ? SyncFailure.unknownNamespace(draft.namespace) : "";
        return draft.refused(
                List.of("not allowed to " + Right.list(missing) + NamespaceOutcome.NOTHING_CHANGED + hint));
    }

    private void addRole(List<Right> missing) {
        if (missing.isEmpty()) {
            return;
        }
        Optional<String> script = rights.grant(request, user);
        script.ifPresent(draft.remediation::add);
        String role = SmallestRole.yaml(rights.needed(request), user);
        draft.remediation.add(script.isPresent() ? "# or, applied with kubectl:\n" + role : role);
    }

    /**
     * Returns the reason why a namespace has no ServiceAccount. A live one has at least {@code default}, soon after it
     * was created.
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

    private Observation awaitDefault(Observation seen) {
        boolean awaited = request.mode() == SyncMode.APPLY
                && request.serviceAccounts().contains("default")
                && !request.options().createServiceAccounts();
        Map<String, ObjectNode> accounts = new TreeMap<>(seen.accounts());
        for (int poll = 0; awaited && accounts.isEmpty() && poll < DEFAULT_ACCOUNT_POLLS; poll++) {
            Attempts.pause(250);
            accounts.putAll(reader.all());
        }
        return new Observation(seen.readable(), seen.secret(), seen.temporary(), accounts, seen.complete());
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
