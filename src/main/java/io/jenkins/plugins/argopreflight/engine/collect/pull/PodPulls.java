package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.pull.LookUpCheck;
import io.jenkins.plugins.argopreflight.engine.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Who pulls what, with which credentials, and whether it works: for each image of each pod what the kubelet will get, and for each
 * container without a command what the controller will. Equal questions are asked once: Secrets are read side by side,
 * then all registries are asked, then those that have more to show.
 */
public final class PodPulls {

    private final List<WorkflowFacts> workflows;
    private final Controller controller;
    private final KnownObjects objects;
    private final SecretCache secrets;
    private final PullCheck kubelet;
    private final LookUpCheck lookUps;
    private final PullDetails details;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param workflows whose pods pull
     * @param given documents of the given files, which count as applied
     * @param namespace of those that do not say it
     * @param concurrency how many requests to the cluster run at the same time
     */
    public PodPulls(
            List<WorkflowFacts> workflows,
            List<Document> given,
            String namespace,
            ClusterReader cluster,
            Registry registry,
            Controller controller,
            int concurrency) {
        this.workflows = workflows;
        this.controller = controller;
        this.objects = new KnownObjects(given, namespace, cluster);
        this.secrets = new SecretCache(given, namespace, cluster, CreatedObjects.of(workflows));
        this.kubelet = new PullCheck(registry);
        this.lookUps = new LookUpCheck(registry);
        this.details = new PullDetails(secrets, registry, concurrency);
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * A row for each image, container and consumer.
     *
     * @param controllerMayGet whether the controller can get a Secret, by namespace and name
     */
    public List<PodPull> of(BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        return of(controllerMayGet, site -> true);
    }

    /**
     * The same after admission changed some pods: their kubelets pull what it left, and the controller's look-ups, which
     * come before, stay as they are.
     *
     * @param before the rows of the pods as Argo creates them
     */
    public List<PodPull> admitted(
            List<PodPull> before, Set<ArgoPod> changed, BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        Map<ArgoPod, List<PodPull>> rows = new LinkedHashMap<>();
        before.forEach(row -> {
            List<PodPull> own = rows.computeIfAbsent(row.pod(), pod -> new ArrayList<>());
            if (row.isLookUp() || !changed.contains(row.pod())) {
                own.add(row);
            }
        });
        of(controllerMayGet, site -> !site.lookUp() && changed.contains(site.pod()))
                .forEach(row -> Objects.requireNonNull(rows.get(row.pod())).add(row));
        return rows.values().stream().flatMap(List::stream).toList();
    }

    private List<PodPull> of(BiFunction<String, String, Fact<Boolean>> controllerMayGet, Predicate<PullSite> asked) {
        List<PullSite> sites = workflows.stream()
                .flatMap(workflow -> PullSite.of(workflow, controller).stream())
                .filter(asked)
                .toList();
        expect(sites);
        List<AskedPull.Key> keys = keys(sites);
        read(keys, controllerMayGet);
        Map<AskedPull.Key, AskedPull> pulls = new LinkedHashMap<>();
        keys.forEach(key -> pulls.computeIfAbsent(
                key, k -> AskedPull.ask(k, secrets, k.lookUp() ? lookUps : kubelet, controllerMayGet)));
        details.addTo(List.copyOf(pulls.values()));
        return IntStream.range(0, sites.size())
                .mapToObj(i -> Objects.requireNonNull(pulls.get(keys.get(i))).row(sites.get(i)))
                .toList();
    }

    private List<AskedPull.Key> keys(List<PullSite> sites) {
        Parallel.forEach(
                sites.stream()
                        .map(site -> List.of(site.namespace(), account(site)))
                        .distinct()
                        .toList(),
                concurrency,
                account -> find(account.get(0), account.get(1)));
        return sites.stream()
                .map(site -> new AskedPull.Key(
                        site.namespace(), inEffect(site), site.image(), site.lookUp(), site.assumed()))
                .toList();
    }

    private InEffect inEffect(PullSite site) {
        Fact<Optional<Document>> account = find(site.namespace(), account(site));
        return site.lookUp() ? InEffect.lookUp(site.pod(), account) : InEffect.kubelet(site.pod(), account);
    }

    private static String account(PullSite site) {
        return site.lookUp()
                ? site.pod().lookUpAccount()
                : site.pod().spec().path("serviceAccountName").asText();
    }

    private Fact<Optional<Document>> find(String namespace, String account) {
        return account.contains("{{")
                ? Fact.unknown("ServiceAccount " + account + " is not known before the workflow runs")
                : objects.find("ServiceAccount", namespace, account);
    }

    private record Name(String namespace, String name, boolean lookUp) {}

    /** Reads the Secrets, and asks whether the controller can, side by side. */
    private void read(List<AskedPull.Key> keys, BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        Set<Name> names = new LinkedHashSet<>();
        keys.forEach(key -> key.inEffect().names().forEach(name -> {
            names.add(new Name(key.namespace(), name, false));
            names.add(new Name(key.namespace(), name, key.lookUp()));
        }));
        Parallel.forEach(names, concurrency, each -> read(each, controllerMayGet));
    }

    private Fact<?> read(Name each, BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        return each.lookUp()
                ? controllerMayGet.apply(each.namespace(), each.name())
                : secrets.secret(each.namespace(), each.name());
    }

    /** One image of each registry. */
    private void expect(List<PullSite> sites) {
        Map<String, ImageReference> first = new LinkedHashMap<>();
        sites.stream()
                .map(PullSite::image)
                .distinct()
                .filter(image -> !image.contains("{{"))
                .forEach(image -> ImageReference.ifValid(image)
                        .ifPresent(parsed -> first.putIfAbsent(parsed.registry(), parsed)));
        first.values().forEach(registry::expect);
    }
}
