package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.sync.KnownRights;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Change;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.StalePod;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A search for pods that keep the list with which they were created, after a ServiceAccount's list was changed. */
final class PodSearch {

    /** The number of changed namespaces from which on the pods of all namespaces are listed in one request. */
    private static final int MIN_NAMESPACES_FOR_ONE_LIST = 20;

    private static final String ALIVE = "status.phase!=Succeeded,status.phase!=Failed";

    private final ClusterGateway gateway;
    private final SyncRequest request;
    private final KnownRights rights;

    PodSearch(ClusterGateway gateway, SyncRequest request, KnownRights rights) {
        this.gateway = gateway;
        this.request = request;
        this.rights = rights;
    }

    /** Returns the pods of all namespaces, by namespace; empty if one request is not worth it or not allowed. */
    Optional<Map<String, List<ObjectNode>>> atOnce(Collection<SyncedNamespace> synced) {
        long changedNamespaces = synced.stream()
                .filter(namespace -> !namespace.rebound().isEmpty())
                .count();
        if (changedNamespaces < MIN_NAMESPACES_FOR_ONE_LIST
                || !rights.isGranted(Right.of("list", "", "pods", "")).ifKnown().orElse(false)) {
            return Optional.empty();
        }
        try {
            return Optional.of(gateway.list(Resource.PODS, "", "", ALIVE).stream()
                    .collect(Collectors.groupingBy(KubeObjects::namespace)));
        } catch (ClusterException e) {
            SyncFailure.throwInterruption(e);
            return Optional.empty();
        }
    }

    SyncedNamespace addTo(SyncedNamespace synced, Optional<Map<String, List<ObjectNode>>> atOnce) {
        if (synced.rebound().isEmpty() && !recreated(synced)) {
            return synced;
        }
        Right right = Right.of("list", "", "pods", synced.namespace());
        if (atOnce.isEmpty() && !rights.may(right)) {
            return unseen(synced, "not allowed to " + right, Optional.of(right));
        }
        try {
            return with(
                    synced,
                    atOnce.map(all -> all.getOrDefault(synced.namespace(), List.of()))
                            .orElseGet(() -> gateway.list(Resource.PODS, synced.namespace(), "", ALIVE)));
        } catch (ClusterException e) {
            SyncFailure.throwInterruption(e);
            return unseen(synced, e.getMessage(), Optional.empty());
        }
    }

    private SyncedNamespace with(SyncedNamespace synced, List<ObjectNode> pods) {
        boolean added = request.mode() == SyncMode.APPLY;
        List<StalePod> stale = StalePods.among(
                pods,
                synced.rebound(),
                request.name(),
                added,
                request.credentials().stream()
                        .map(RegistryCredential::registry)
                        .map(RegistryKey::canonical)
                        .toList());
        List<String> notes = new ArrayList<>(synced.outcome().notes());
        List<String> healing = added ? StalePods.healing(pods, request.name()) : List.of();
        if (!healing.isEmpty()) {
            notes.add("pods " + String.join(", ", healing) + " wait for an image and refer to " + request.name()
                    + " already: they need nothing, the kubelet reads the Secret at each attempt");
        }
        List<String> naming = recreated(synced) ? StalePods.naming(pods, request.name()) : List.of();
        if (!naming.isEmpty()) {
            notes.add("pods " + String.join(", ", naming) + " hold " + request.name() + " in their own list: what they "
                    + (request.options().dryRun() ? "would pull" : "pulled")
                    + " in the moment between deletion and creation is tried again");
        }
        return synced.with(synced.outcome().with(stale, notes));
    }

    private static boolean recreated(SyncedNamespace synced) {
        return synced.outcome().changes().stream().anyMatch(change -> change.action() == Change.Action.RECREATED);
    }

    private static SyncedNamespace unseen(SyncedNamespace synced, String reason, Optional<Right> right) {
        List<Unavailable> unseen = new ArrayList<>(synced.unseen());
        unseen.add(Unavailable.optional(
                "pods in namespace " + synced.namespace() + " that keep their old imagePullSecrets", reason, right));
        return new SyncedNamespace(synced.outcome(), synced.secret(), synced.pullSecrets(), synced.rebound(), unseen);
    }
}
