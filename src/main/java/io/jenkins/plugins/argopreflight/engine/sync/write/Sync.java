package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.sync.KnownRights;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.Pruning;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.plan.ObjectName;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretPlan;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** The execution of one request, namespace by namespace. Each namespace can be run on a thread of its own. */
public final class Sync {

    private final ClusterGateway gateway;
    private final SyncRequest request;
    private final KnownRights rights;
    private volatile String user = "";
    private final Clock clock;
    private final DockerConfig wanted;
    private final SecretPlan plans;
    private final PodSearch pods;
    private final Consumer<SyncIntent> intents;

    /**
     * Checks and prepares a request.
     *
     * @param intents called for each namespace before anything is written there, by its thread
     * @throws IllegalArgumentException if a name is invalid, or the request's credentials cannot become a Secret;
     *     nothing was read then
     */
    public Sync(ClusterGateway gateway, SyncRequest request, Access access, Clock clock, Consumer<SyncIntent> intents) {
        ObjectName.check(request);
        this.gateway = gateway;
        this.request = request;
        this.rights = new KnownRights(access);
        this.clock = clock;
        this.intents = intents;
        this.wanted = DockerConfig.of(request.mode() == SyncMode.APPLY ? request.credentials() : List.of());
        this.plans = new SecretPlan(request, wanted);
        this.pods = new PodSearch(gateway, request, rights);
    }

    /**
     * Returns the requested namespaces, in the order of their names. A value is the reason why nothing can be done
     * there, or "".
     *
     * @throws IllegalArgumentException if a glob or the selector matches nothing
     * @throws ClusterException if the cluster does not answer, or refuses the login
     */
    public Map<String, String> namespaces() {
        return new TargetNamespaces(gateway, request).resolve();
    }

    /**
     * Reads the identity of our login, and whether it has the rights that the request can need. Called once, before the
     * first {@link #run}.
     *
     * @return the user name of our login; "" if the server cannot determine it
     */
    public String askRights(Map<String, String> namespaces) {
        user = WhoAmI.ask(gateway).ifKnown().map(Identity::user).orElse("");
        List<Right> asked = new ArrayList<>();
        namespaces.forEach((namespace, refusal) -> {
            if (refusal.isEmpty()) {
                asked.addAll(new NamespaceRights(namespace, rights).worthKnowing(request));
            }
        });
        rights.ask(asked);
        return user;
    }

    /** Reads, decides, writes and reads back, and never throws. After an interruption the outcome shows what is done. */
    public SyncedNamespace run(String namespace, String refusal, Pruning pruning) {
        if (!refusal.isEmpty()) {
            return SyncedNamespace.refused(namespace, Problem.of(refusal));
        }
        NamespaceRights namespaceRights = new NamespaceRights(namespace, rights);
        if (pruning == Pruning.ALLOWED || !request.options().prune()) {
            return new NamespaceSync(gateway, request, plans, namespaceRights, user, clock, intents, namespace).run();
        }
        SyncRequest keeping = request.withoutPrune();
        SecretPlan keepingPlans = new SecretPlan(keeping, wanted);
        return new NamespaceSync(gateway, keeping, keepingPlans, namespaceRights, user, clock, intents, namespace)
                .run()
                .noting("prune was left out: a running block uses Secret " + request.name() + " in namespace "
                        + namespace);
    }

    /**
     * Returns the outcomes of an interruption before the first {@link #run}, by namespace and in the order of the names.
     * The result of a run replaces the outcome of its namespace.
     */
    public static Map<String, SyncedNamespace> notBegun(Collection<String> namespaces) {
        Map<String, SyncedNamespace> all = new ConcurrentSkipListMap<>();
        namespaces.forEach(namespace -> all.put(
                namespace,
                SyncedNamespace.of(new NamespaceOutcome(
                        namespace,
                        Status.FAILED,
                        List.of(),
                        Problem.of("interrupted before it was done"),
                        List.of(NamespaceWriter.AGAIN),
                        List.of(),
                        List.of()))));
        return all;
    }

    /** Returns the pods of all namespaces, by namespace, in one request if this is worth it and allowed. */
    public Optional<Map<String, List<ObjectNode>>> podsAtOnce(Collection<SyncedNamespace> synced) {
        return pods.atOnce(synced);
    }

    /** Adds the pods that keep the old list of pull Secrets. */
    public SyncedNamespace withPods(SyncedNamespace synced, Optional<Map<String, List<ObjectNode>>> atOnce) {
        return pods.addTo(synced, atOnce);
    }
}
