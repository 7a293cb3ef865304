package io.jenkins.plugins.argopreflight.engine.sync.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.CountingGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.Pruning;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncedNamespace;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SyncIntent;
import io.jenkins.plugins.argopreflight.engine.sync.write.Sync;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
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

/**
 * Writes registry credentials into the cluster and verifies them: reads the namespaces, checks rights and images, plans
 * and applies the changes, reads them back, verifies the images again, and reports.
 */
public final class RegistrySecretWriter {

    /** The default number of namespaces that are processed at the same time. */
    public static final int CONCURRENCY = 16;

    /** The maximum number of images that a refusal lists. */
    private static final int MAX_LISTED_IMAGES = 3;

    private final ClusterGateway cluster;
    private final int concurrency;
    private final Clock clock;
    private final Consumer<SyncIntent> intents;
    private final NamespaceGuard guard;

    public RegistrySecretWriter(ClusterGateway cluster, int concurrency, Clock clock) {
        this(cluster, concurrency, clock, intent -> {}, (namespace, work) -> work.run(Pruning.ALLOWED));
    }

    private RegistrySecretWriter(
            ClusterGateway cluster, int concurrency, Clock clock, Consumer<SyncIntent> intents, NamespaceGuard guard) {
        this.guard = guard;
        this.cluster = cluster;
        this.concurrency = concurrency;
        this.clock = clock;
        this.intents = intents;
    }

    /**
     * Returns this writer with a listener that is called before something is written in a namespace. Nothing is written
     * there until the listener returns, and nothing in this namespace if it throws.
     *
     * @param listener receives the intended changes of a namespace, from several threads
     */
    public RegistrySecretWriter withListener(Consumer<SyncIntent> listener) {
        return new RegistrySecretWriter(cluster, concurrency, clock, listener, guard);
    }

    /** Returns this writer with a guard around the work in each namespace. */
    RegistrySecretWriter guarded(NamespaceGuard newGuard) {
        return new RegistrySecretWriter(cluster, concurrency, clock, intents, newGuard);
    }

    /**
     * Carries out the request without verifying images; see {@link #run(SyncRequest, List, RegistrySettings,
     * Consumer)}.
     */
    public SyncReport run(SyncRequest request, Consumer<NamespaceOutcome> progress) {
        return run(request, Optional.empty(), progress);
    }

    /**
     * Verifies the images with the credentials, carries out the request, and verifies the images again as the pods of
     * each requested ServiceAccount will pull them. Nothing is written if a registry refuses the credentials, or if its
     * address is not allowed. A problem in one namespace is the outcome of that namespace. Exceptions are thrown only
     * for problems of the whole request, before anything is written. If interrupted later, the report has the changes
     * that were made, and the thread's interrupt flag stays set.
     *
     * @param verifyImages the names of the images to verify
     * @param registries the settings for requests to registries
     * @param progress receives the outcome of each namespace when it is finished, from several threads
     * @throws IllegalArgumentException if the request cannot be carried out in any namespace, before anything is
     *     written: an invalid image name, credentials that cannot become a Secret, a glob that matches nothing
     * @throws ClusterException if the cluster does not answer, or does not accept the credentials, or if interrupted
     *     before work in the first namespace began
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
        try (RegistryProbe probe = new RegistryProbe(registries)) {
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
        Map<String, SyncedNamespace> results = Sync.notBegun(namespaces.keySet());
        List<PullRow> pulls = new ArrayList<>();
        List<Unavailable> unavailable = new ArrayList<>();
        boolean write =
                !request.options().dryRun() && namespaces.values().stream().anyMatch(String::isEmpty);
        List<PullRow> refusedPulls = write
                ? verification.map(images -> refused(request, images, counted)).orElse(List.of())
                : List.of();
        if (!refusedPulls.isEmpty()) {
            pulls.addAll(refusedPulls);
            Problem problem = refusal(request, refusedPulls);
            namespaces.forEach((namespace, own) -> {
                SyncedNamespace unchanged =
                        SyncedNamespace.refused(namespace, own.isEmpty() ? problem : Problem.of(own));
                results.put(namespace, unchanged);
                progress.accept(unchanged.outcome());
            });
        } else {
            try {
                carryOut(sync, namespaces, results, progress);
                verification.ifPresent(images ->
                        pulls.addAll(images.verifyAfter(request.name(), successful(results.values()), counted)));
            } catch (RuntimeException e) {
                // Changes that were made must be reported, whatever fails after them.
                unavailable.add(Unavailable.requested("what was to follow", reason(e), Optional.empty()));
            }
        }
        results.values().forEach(namespace -> unavailable.addAll(namespace.unseen()));
        return new SyncReport(
                cluster.server(),
                user,
                request.options().dryRun(),
                results.values().stream().map(SyncedNamespace::outcome).toList(),
                pulls,
                unavailable,
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
            Map<String, SyncedNamespace> results,
            Consumer<NamespaceOutcome> progress) {
        Parallel.forEach(namespaces.keySet(), concurrency, namespace -> {
            SyncedNamespace synced = guard.runGuarded(
                    namespace,
                    pruning -> sync.run(namespace, Objects.requireNonNull(namespaces.get(namespace)), pruning));
            results.put(namespace, synced);
            progress.accept(synced.outcome());
        });
        Optional<Map<String, List<ObjectNode>>> pods = sync.podsAtOnce(results.values());
        Parallel.forEach(
                List.copyOf(results.values()),
                concurrency,
                namespace -> results.put(namespace.namespace(), sync.withPods(namespace, pods)));
    }

    /**
     * Returns the pulls that forbid writing. If the credentials have no entry for an image, a dry run shows whether it can
     * be pulled with other credentials of the Secret or of the ServiceAccounts.
     */
    private List<PullRow> refused(SyncRequest request, ImageVerification verification, ClusterGateway counted) {
        List<PullRow> refused = new ArrayList<>();
        List<String> imagesWithoutCredentials = new ArrayList<>();
        for (Pull pull : verification.verifyBefore(request)) {
            if (pull.verdict().isRefusal() && pull.credentials().isEmpty()) {
                imagesWithoutCredentials.add(pull.image());
            } else if (isRefused(pull.verdict()) || pull.isAddressRefused()) {
                refused.add(PullRow.of(pull));
            }
        }
        if (refused.isEmpty() && !imagesWithoutCredentials.isEmpty()) {
            new RegistrySecretWriter(counted, concurrency, clock)
                            .run(
                                    request.asDryRun(),
                                    Optional.of(verification.withImages(imagesWithoutCredentials)),
                                    outcome -> {})
                            .pulls()
                            .stream()
                            .filter(row -> isRefused(row.verdict()))
                            .forEach(refused::add);
        }
        return refused;
    }

    private static boolean isRefused(Verdict verdict) {
        return verdict.isKnown() && verdict != Verdict.OK;
    }

    private static Problem refusal(SyncRequest request, List<PullRow> refused) {
        String reason = refused.stream()
                .map(row -> refusedLogin(request, row).orElseGet(() -> pullFailure(row)))
                .distinct()
                .limit(MAX_LISTED_IMAGES)
                .collect(Collectors.joining("; "));
        return Problem.nothingChanged(reason, "");
    }

    /**
     * Returns {@code registry registry.example.com refused credentials "ID" (user team)}, or empty if the pull failed
     * for another reason.
     */
    private static Optional<String> refusedLogin(SyncRequest request, PullRow row) {
        if (row.verdict() != Verdict.REJECTED) {
            return Optional.empty();
        }
        return row.answers().stream()
                .filter(answer -> answer.verdict() == Verdict.REJECTED)
                .map(PullRow.AnswerRow::credential)
                .filter(Objects::nonNull)
                .findFirst()
                .map(login -> "registry " + ImageReference.parse(row.image()).registry() + " refused "
                        + request.credentials().stream()
                                .filter(each ->
                                        RegistryKey.canonical(each.registry()).equals(login.key())
                                                && !each.id().isEmpty())
                                .findFirst()
                                .map(each -> "credentials \"" + each.id() + "\"")
                                .orElse("the credentials")
                        + " (user " + login.username() + ")");
    }

    private static String pullFailure(PullRow row) {
        return row.image() + " cannot be "
                + (row.verdict().isKnown()
                        ? "pulled with what would be written (" + row.verdict().words() + ")"
                        : "verified (the address of its registry is not allowed)");
    }

    private static String reason(RuntimeException e) {
        return e instanceof ClusterException || e instanceof CancellationException || e instanceof OverBudget
                ? String.valueOf(e.getMessage())
                : "internal error, " + e.getClass().getSimpleName() + ": please report it";
    }

    private static List<SyncedNamespace> successful(Collection<SyncedNamespace> results) {
        return results.stream()
                .filter(namespace -> namespace.outcome().status() == Status.CHANGED
                        || namespace.outcome().status() == Status.UNCHANGED)
                .toList();
    }
}
