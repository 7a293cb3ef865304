package io.jenkins.plugins.argopreflight.engine.collect.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final PullCheck check;
    private final FurtherQuestions further;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param workflows whose pods pull
     * @param given documents of the given files, which count as applied
     * @param namespace of those that do not say it
     * @param controllerMayGet whether the controller can get a Secret, by namespace and name
     * @param concurrency how many requests to the cluster run at the same time
     */
    public PodPulls(
            List<WorkflowFacts> workflows,
            List<Document> given,
            String namespace,
            ClusterReader cluster,
            Registry registry,
            Controller controller,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet,
            int concurrency) {
        this.workflows = workflows;
        this.controller = controller;
        this.objects = new KnownObjects(given, namespace, cluster);
        SecretCache secrets = new SecretCache(given, namespace, cluster, CreatedObjects.of(workflows));
        this.check = new PullCheck(registry, secrets::secret, controllerMayGet, concurrency);
        this.further = new FurtherQuestions(secrets, registry, concurrency);
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /** A row for each image, container and consumer. */
    public List<PodPull> all() {
        return of(site -> true);
    }

    /**
     * The same after admission changed some pods: their kubelets pull what it left, and the controller's look-ups, which
     * come before, stay as they are.
     *
     * @param before the rows of the pods as Argo creates them
     */
    public List<PodPull> admitted(List<PodPull> before, Set<ArgoPod> changed) {
        Map<ArgoPod, List<PodPull>> rows = new LinkedHashMap<>();
        before.forEach(row -> {
            List<PodPull> own = rows.computeIfAbsent(row.pod(), pod -> new ArrayList<>());
            if (row.isLookUp() || !changed.contains(row.pod())) {
                own.add(row);
            }
        });
        of(site -> !site.isLookUp() && changed.contains(site.pod()))
                .forEach(row -> Objects.requireNonNull(rows.get(row.pod())).add(row));
        return rows.values().stream().flatMap(List::stream).toList();
    }

    private List<PodPull> of(Predicate<PullSite> asked) {
        List<PullSite> sites = workflows.stream()
                .flatMap(workflow -> PullSite.of(workflow, controller).stream())
                .filter(asked)
                .toList();
        expect(sites);
        Parallel.forEach(
                sites.stream()
                        .map(site -> List.of(site.namespace(), site.account()))
                        .distinct()
                        .toList(),
                concurrency,
                account -> find(account.get(0), account.get(1)));
        List<PullQuestion> questions = sites.stream()
                .map(site -> site.question(find(site.namespace(), site.account())))
                .toList();
        Map<PullQuestion, Pull> pulls = further.ask(check.ask(questions));
        return IntStream.range(0, sites.size())
                .mapToObj(i -> sites.get(i).answered(Objects.requireNonNull(pulls.get(questions.get(i)))))
                .toList();
    }

    private Fact<Optional<Document>> find(String namespace, String account) {
        return account.contains("{{")
                ? Fact.unknown("ServiceAccount " + account + " is not known before the workflow runs")
                : objects.find("ServiceAccount", namespace, account);
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
