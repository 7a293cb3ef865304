package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction.Action;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The changes to make in one namespace: the difference between its state and the request. Pure.
 *
 * @param secret the change of the Secret
 * @param accounts the change of each ServiceAccount, by name
 * @param refusals the reasons why nothing can be done; empty if the whole plan can be carried out
 * @param notes information for the user although nothing is wrong
 */
public record SyncPlan(SecretAction secret, List<AccountStep> accounts, List<String> refusals, List<String> notes) {

    /** The maximum number of ServiceAccounts that a refusal lists. */
    private static final int MAX_SHOWN = 10;

    /** Returns the changes that bring the observed state of a namespace to the requested one. */
    public static SyncPlan of(SyncRequest request, SecretPlan secrets, String namespace, Observation observation) {
        SecretAction secret = secrets.decide(namespace, observation.secret(), observation.temporary());
        List<String> refusals = new ArrayList<>();
        List<String> notes = new ArrayList<>(secret.notes());
        if (secret.action() == Action.REFUSE) {
            refusals.add(secret.refusal());
        }
        List<AccountStep> accounts = new ArrayList<>();
        if (secret.action() != Action.RELEASE) {
            for (String account : accounts(request, observation)) {
                ObjectNode current = observation.accounts().get(account);
                if (current != null) {
                    accounts.add(step(request, current));
                    notes.addAll(AccountStep.notes(current, request.name()));
                } else if (request.mode() != SyncMode.APPLY) {
                    notes.add("ServiceAccount " + account + " does not exist in namespace " + namespace
                            + ": nothing to take away");
                } else if (request.options().createServiceAccounts()) {
                    accounts.add(AccountStep.create(namespace, account, request.name()));
                } else {
                    refusals.add(missing(account, namespace, observation));
                }
            }
        }
        if (request.mode() == SyncMode.DELETE && secret.action() == Action.DELETE) {
            refusals.addAll(othersReferring(request, namespace, observation));
        }
        return new SyncPlan(secret, List.copyOf(accounts), List.copyOf(refusals), List.copyOf(notes));
    }

    /**
     * Returns the change of one ServiceAccount's list. It is called again whenever another user or program changed the
     * ServiceAccount meanwhile.
     */
    public static AccountStep step(SyncRequest request, ObjectNode account) {
        return request.mode() == SyncMode.APPLY
                ? AccountStep.bind(account, request.name())
                : AccountStep.unbind(account, request.name());
    }

    public boolean isRefused() {
        return !refusals.isEmpty();
    }

    private static Collection<String> accounts(SyncRequest request, Observation observation) {
        if (request.mode() != SyncMode.APPLY && request.serviceAccounts().isEmpty()) {
            return names(observation.referringTo(request.name()));
        }
        return new TreeSet<>(request.serviceAccounts());
    }

    private static String missing(String account, String namespace, Observation observation) {
        Set<String> names = observation.accounts().keySet();
        String existing =
                observation.complete() ? names.isEmpty() ? "; there is none" : "; there are " + firstNames(names) : "";
        return "ServiceAccount " + account + " does not exist in namespace " + namespace + existing
                + SimilarNames.to(account, names)
                        .map(near -> ". Did you mean " + near + "?")
                        .orElse(".")
                + " Create it with "
                + Shell.inline(Command.kubectl("create", "serviceaccount")
                        .name("ServiceAccount", account)
                        .namespace(namespace))
                + ", or use --create-service-account; or name another one with --service-account";
    }

    private static String firstNames(Set<String> names) {
        String shown = names.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
        return names.size() > MAX_SHOWN ? shown + " and " + (names.size() - MAX_SHOWN) + " more" : shown;
    }

    private static List<String> othersReferring(SyncRequest request, String namespace, Observation observation) {
        Set<String> others = new TreeSet<>(names(observation.referringTo(request.name())));
        others.removeAll(request.serviceAccounts());
        return request.serviceAccounts().isEmpty() || others.isEmpty()
                ? List.of()
                : List.of("Secret " + request.name() + " in namespace " + namespace + " is also referred to by "
                        + "ServiceAccount " + String.join(", ", others)
                        + ". Leave --service-account out to unbind all of them, or use --unbind to keep the Secret");
    }

    private static List<String> names(List<ObjectNode> objects) {
        return objects.stream().map(KubeObjects::name).toList();
    }
}
