package io.jenkins.plugins.argopreflight.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Access;
import io.jenkins.plugins.argopreflight.engine.collect.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.report.PullRow;
import io.jenkins.plugins.argopreflight.engine.report.SyncReport;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import io.jenkins.plugins.argopreflight.engine.sync.write.Sync;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Credentials into the cluster, verified: request, namespaces, rights, proof, plan, apply, read back, proof, report. */
public final class RegistrySecret {

    /** How many namespaces are worked on at the same time, unless said otherwise. */
    public static final int CONCURRENCY = 16;

    /** The most images that a refusal names. */
    private static final int SHOWN = 3;

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
            return run(request, Optional.empty(), progress);
        }
    }

    /**
     * Verifies the images with the credentials, carries the request out, and verifies the images as the pods of each
     * ServiceAccount asked for will pull them then. Nothing is written if a registry refuses the credentials, or must
     * not be asked. Whatever happens in a namespace is its outcome; thrown is only what concerns the whole, before
     * anything is written. When interrupted after that, the report says what is done, and the thread's interrupt flag
     * stays set.
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
        verifyImages.forEach(ImageReference::parse);
        if (verifyImages.isEmpty() || request.mode() != SyncMode.APPLY) {
            return run(request, progress);
        }
        try (Budget.Scope run = Budget.ensure();
                RegistryProbe probe = new RegistryProbe(registries)) {
            Registry limited = new LimitedRegistry(probe, Budget.current());
            return run(
                    request,
                    Optional.of(new ImageVerification(
                            verifyImages.stream().distinct().toList(), limited, concurrency)),
                    progress);
        }
    }

    private SyncReport run(
            SyncRequest request, Optional<ImageVerification> verification, Consumer<NamespaceOutcome> progress) {
        long start = System.nanoTime();
        CountingGateway counted = new CountingGateway(cluster);
        Sync sync = new Sync(counted, request, new Access(counted, concurrency), clock, intents);
        Map<String, String> namespaces = sync.namespaces();
        String user = sync.askRights(namespaces);
        Map<String, SyncedNamespace> done = Sync.notBegun(namespaces.keySet());
        List<PullRow> pulls = new ArrayList<>();
        List<Unavailable> unseen = new ArrayList<>();
        boolean write =
                !request.options().dryRun() && namespaces.values().stream().anyMatch(String::isEmpty);
        List<PullRow> refused = write
                ? verification.map(images -> refused(request, images, counted)).orElse(List.of())
                : List.of();
        if (!refused.isEmpty()) {
            pulls.addAll(refused);
            String why = refusal(request, refused);
            namespaces.forEach((namespace, own) -> {
                SyncedNamespace unchanged = SyncedNamespace.refused(namespace, own.isEmpty() ? why : own);
                done.put(namespace, unchanged);
                progress.accept(unchanged.outcome());
            });
        } else {
            try {
                carryOut(sync, namespaces, done, progress);
                verification.ifPresent(
                        images -> pulls.addAll(images.after(request.name(), asAsked(done.values()), counted)));
            } catch (RuntimeException e) {
                // What was written must be reported, whatever comes after it.
                unseen.add(new Unavailable("what was to follow", why(e), Optional.empty(), true));
            }
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
                        verification
                                .map(images -> (int) images.registry().requests())
                                .orElse(0),
                        Duration.ofNanos(System.nanoTime() - start).toMillis()));
    }

    private void carryOut(
            Sync sync,
            Map<String, String> namespaces,
            Map<String, SyncedNamespace> done,
            Consumer<NamespaceOutcome> progress) {
        Parallel.forEach(namespaces.keySet(), concurrency, namespace -> {
            SyncedNamespace synced = guard.around(
                    namespace, prune -> sync.run(namespace, Objects.requireNonNull(namespaces.get(namespace)), prune));
            done.put(namespace, synced);
            progress.accept(synced.outcome());
        });
        Optional<Map<String, List<ObjectNode>>> pods = sync.podsAtOnce(done.values());
        Parallel.forEach(
                List.copyOf(done.values()),
                concurrency,
                namespace -> done.put(namespace.namespace(), sync.withPods(namespace, pods)));
    }

    /**
     * Returns the pulls that forbid the write. An image that the credentials are not for can be pulled with what the
     * Secret or the ServiceAccounts have besides them: a dry run shows it.
     */
    private List<PullRow> refused(SyncRequest request, ImageVerification verification, ClusterGateway counted) {
        List<PullRow> refused = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Pull pull : verification.before(request)) {
            if (pull.verdict().isRefusal() && pull.credentials().isEmpty()) {
                others.add(pull.image());
            } else if (isRefused(pull.verdict()) || pull.isAddressRefused()) {
                refused.add(PullRow.of(pull));
            }
        }
        if (refused.isEmpty() && !others.isEmpty()) {
            new RegistrySecret(counted, concurrency, clock)
                    .run(request.asDryRun(), Optional.of(verification.of(others)), outcome -> {}).pulls().stream()
                            .filter(row -> isRefused(row.verdict()))
                            .forEach(refused::add);
        }
        return refused;
    }

    private static boolean isRefused(Verdict verdict) {
        return verdict.isKnown() && verdict != Verdict.OK;
    }

    private static String refusal(SyncRequest request, List<PullRow> refused) {
        return refused.stream()
                        .map(row -> refusedLogin(request, row).orElseGet(() -> notPulled(row)))
                        .distinct()
                        .limit(SHOWN)
                        .collect(Collectors.joining("; "))
                + NamespaceOutcome.NOTHING_CHANGED;
    }

    /** {@code registry registry.example.com refused credentials "ID" (user team)}; empty for another reason. */
    private static Optional<String> refusedLogin(SyncRequest request, PullRow row) {
        if (row.verdict() != Verdict.REJECTED) {
            return Optional.empty();
        }
        return row.answers().stream()
                .filter(answer -> answer.verdict() == Verdict.REJECTED)
                .map(PullRow.AnswerRow::credential)
                .filter(Objects::nonNull)
                .findFirst()
                .map(used -> "registry " + ImageReference.parse(row.image()).registry() + " refused "
                        + request.credentials().stream()
                                .filter(each ->
                                        RegistryKey.canonical(each.registry()).equals(used.key())
                                                && !each.id().isEmpty())
                                .findFirst()
                                .map(each -> "credentials \"" + each.id() + "\"")
                                .orElse("the credentials")
                        + " (user " + used.username() + ")");
    }

    private static String notPulled(PullRow row) {
        return row.image() + " cannot be "
                + (row.verdict().isKnown()
                        ? "pulled with what would be written (" + row.verdict().words() + ")"
                        : "verified (the address of its registry is not allowed)");
    }

    private static String why(RuntimeException e) {
        return e instanceof ClusterException || e instanceof CancellationException || e instanceof OverBudget
                ? String.valueOf(e.getMessage())
                : "internal error, " + e.getClass().getSimpleName() + ": please report it";
    }

    private static List<SyncedNamespace> asAsked(Collection<SyncedNamespace> done) {
        return done.stream()
                .filter(namespace -> namespace.outcome().status() == Status.CHANGED
                        || namespace.outcome().status() == Status.UNCHANGED)
                .toList();
    }
}
