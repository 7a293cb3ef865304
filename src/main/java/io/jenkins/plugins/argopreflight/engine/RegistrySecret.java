package io.jenkins.plugins.argopreflight.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Access;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.pull.SecretSource;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.report.PullRow;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import io.jenkins.plugins.argopreflight.engine.sync.proof.Proof;
import io.jenkins.plugins.argopreflight.engine.sync.write.Sync;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Credentials into the cluster, proved: request, namespaces, rights, plan, apply, read back, proof, report. */
public final class RegistrySecret {

    /** How many namespaces are worked on at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    private final ClusterGateway cluster;
    private final int concurrency;
    private final Clock clock;
    private final Consumer<SyncIntent> intents;
    private final NamespaceGuard guard;

    public RegistrySecret(ClusterGateway cluster, int concurrency, Clock clock) {
        this(cluster, concurrency, clock, intent -> {}, (namespace, work) -> work.run(true));
    }

    private RegistrySecret(
            ClusterGateway cluster, int concurrency, Clock clock, Consumer<SyncIntent> intents, NamespaceGuard guard) {
        this.guard = guard;
        this.cluster = cluster;
        this.concurrency = concurrency;
        this.clock = clock;
        this.intents = intents;
    }

    /**
     * The same, saying beforehand what it will write: nothing is written in a namespace until this returns, and nothing
     * at all there when it throws.
     *
     * @param listener hears of each namespace in which something is to be written, from several threads
     */
    public RegistrySecret announcing(Consumer<SyncIntent> listener) {
        return new RegistrySecret(cluster, concurrency, clock, listener, guard);
    }

    /** The same, with the work in each namespace surrounded by a guard. */
    RegistrySecret guarded(NamespaceGuard newGuard) {
        return new RegistrySecret(cluster, concurrency, clock, intents, newGuard);
    }

    /** Carries the request out, with no proof; see {@link #run(SyncRequest, List, RegistrySettings, Consumer)}. */
    public SyncReport run(SyncRequest request, Consumer<NamespaceOutcome> progress) {
        try (Budget.Scope run = Budget.ensure()) {
            return run(request, proofs -> List.of(), () -> 0L, progress);
        }
    }

    /**
     * Carries the request out, and asks the registries whether each ServiceAccount asked for can pull the images then.
     * Whatever happens in a namespace is its outcome; thrown is only what concerns the whole, before anything is
     * written. When interrupted after that, the report says what is done, and the thread's interrupt flag stays set.
     *
     * @param verifyImages what shall be pulled
     * @param registries how registries are asked
     * @param progress hears of each namespace when it is done, from several threads
     * @throws IllegalArgumentException when the request cannot be carried out anywhere, before anything is written: an
     *     image name that is none, credentials that cannot become a Secret, a glob that matches nothing
     * @throws ClusterException when the cluster does not answer, or not to us, or when interrupted before any namespace
     *     was begun
     */
    public SyncReport run(
            SyncRequest request,
            List<String> verifyImages,
            RegistrySettings registries,
            Consumer<NamespaceOutcome> progress) {
        if (verifyImages.isEmpty()) {
            return run(request, progress);
        }
        verifyImages.forEach(ImageReference::parse);
        try (Budget.Scope run = Budget.ensure();
                RegistryProbe probe = new RegistryProbe(registries)) {
            Registry limited = new LimitedRegistry(probe, Budget.current());
            return run(
                    request, proofs -> prove(request.name(), verifyImages, proofs, limited), probe::requests, progress);
        }
    }

    /** What is asked of the namespaces that are as they shall be, and through which gateway. */
    private record Proofs(ClusterGateway cluster, List<SyncedNamespace> namespaces) {}

    private SyncReport run(
            SyncRequest request,
            Function<Proofs, List<PullRow>> prover,
            LongSupplier registryCalls,
            Consumer<NamespaceOutcome> progress) {
        long start = System.nanoTime();
        CountingGateway counted = new CountingGateway(cluster);
        Sync sync = new Sync(counted, request, new Access(counted, concurrency), clock, intents);
        Map<String, String> namespaces = sync.namespaces();
        String user = sync.askRights(namespaces);
        Map<String, SyncedNamespace> done = Sync.notBegun(namespaces.keySet());
        List<PullRow> pulls = new ArrayList<>();
        List<Unavailable> unseen = new ArrayList<>();
        try {
            Parallel.forEach(namespaces.keySet(), concurrency, namespace -> {
                SyncedNamespace synced = guard.around(
                        namespace,
                        prune -> sync.run(namespace, Objects.requireNonNull(namespaces.get(namespace)), prune));
                done.put(namespace, synced);
                progress.accept(synced.outcome());
            });
            Optional<Map<String, List<ObjectNode>>> pods = sync.podsAtOnce(done.values());
            Parallel.forEach(
                    List.copyOf(done.values()),
                    concurrency,
                    namespace -> done.put(namespace.namespace(), sync.withPods(namespace, pods)));
            if (request.mode() == SyncMode.APPLY) {
                pulls.addAll(prover.apply(new Proofs(counted, asAsked(done.values()))));
            }
        } catch (RuntimeException e) {
            // What was written must be reported, whatever comes after it.
            unseen.add(new Unavailable("what was to follow", why(e), Optional.empty(), true));
        }
        done.values().forEach(namespace -> unseen.addAll(namespace.unseen()));
        return new SyncReport(
                cluster.server(),
                user,
                request.options().dryRun(),
                done.values().stream().map(SyncedNamespace::outcome).toList(),
                pulls,
                unseen,
                new SyncReport.Cost(
                        counted.reads(),
                        counted.writes(),
                        counted.reviews(),
                        (int) registryCalls.getAsLong(),
                        Duration.ofNanos(System.nanoTime() - start).toMillis()));
    }

    private static String why(RuntimeException e) {
        return e instanceof ClusterException || e instanceof CancellationException || e instanceof OverBudget
                ? String.valueOf(e.getMessage())
                : "internal error, " + e.getClass().getSimpleName() + ": please report it";
    }

    /** Secrets that are not ours are read once each; without the right to, the answer is UNKNOWN. */
    private List<PullRow> prove(String name, List<String> images, Proofs proofs, Registry registry) {
        Map<String, Fact<Optional<ReadSecret>>> written = new HashMap<>();
        proofs.namespaces()
                .forEach(each -> each.secret()
                        .ifPresent(ours -> written.put(
                                each.namespace(), Fact.known(Optional.of(new ReadSecret(ours, Optional.empty()))))));
        ClusterReader others = new ClusterReader(Fact.known(proofs.cluster()));
        SecretSource secrets = (namespace, secret) -> secret.equals(name) && written.containsKey(namespace)
                ? written.get(namespace)
                : others.secret(namespace, secret);
        List<PullQuestion> questions = proofs.namespaces().stream()
                .flatMap(namespace -> Proof.questions(namespace, name, images).stream())
                .toList();
        return new PullCheck(registry, secrets, concurrency)
                .ask(questions).values().stream()
                        .sorted(Comparator.comparing(Pull::namespace)
                                .thenComparing(Pull::serviceAccount)
                                .thenComparing(pull -> images.indexOf(pull.image())))
                        .map(PullRow::of)
                        .toList();
    }

    private static List<SyncedNamespace> asAsked(Collection<SyncedNamespace> done) {
        return done.stream()
                .filter(namespace -> namespace.outcome().status() == Status.CHANGED
                        || namespace.outcome().status() == Status.UNCHANGED)
                .toList();
    }
}
