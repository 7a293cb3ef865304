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
 * The collector of the images that the kubelet pulls for each pod, and of those that the controller looks up for each
 * container without a command, with the credentials and the answers of the registries. Equal questions are asked once.
 * Secrets are read in parallel, then the registries are asked, then further questions follow.
 */
public final class PodPulls {

    private final List<WorkflowFacts> workflows;
    private final Controller controller;
    private final KnownObjects objects;
    private final PullCheck check;
    private final FurtherQuestions furtherQuestions;
    private final Registry registry;
    private final int concurrency;

    /**
     * Creates a collector.
     *
     * @param workflows the workflows with the pods
     * @param files the documents of the files to check, which are treated as applied
     * @param namespace the namespace of documents that have none
     * @param controllerMayGet returns whether the controller can get a Secret, by namespace and name
     * @param concurrency the number of requests to the cluster at the same time
     */
    public PodPulls(
            List<WorkflowFacts> workflows,
            List<Document> files,
            String namespace,
            ClusterReader cluster,
            Registry registry,
            Controller controller,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet,
            int concurrency) {
        this.workflows = workflows;
        this.controller = controller;
        this.objects = new KnownObjects(files, namespace, cluster);
        SecretCache secrets = new SecretCache(files, namespace, cluster, CreatedObjects.of(workflows));
        this.check = new PullCheck(registry, secrets::secret, controllerMayGet, concurrency);
        this.furtherQuestions = new FurtherQuestions(secrets, registry, concurrency);
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /** Returns a row for each image, container and consumer. */
    public List<PodPull> all() {
        return of(site -> true);
    }

    /**
     * Returns the rows after admission changed some pods. Their kubelets pull the changed images; the look-ups of the
     * controller, which happen before, stay as they are.
     *
     * @param before the rows of the pods as Argo creates them
     */
    public List<PodPull> admitted(List<PodPull> before, Set<ArgoPod> changed) {
        Map<ArgoPod, List<PodPull>> rows = new LinkedHashMap<>();
        before.forEach(row -> {
            List<PodPull> rowsOfPod = rows.computeIfAbsent(row.pod(), pod -> new ArrayList<>());
            if (row.isLookUp() || !changed.contains(row.pod())) {
                rowsOfPod.add(row);
            }
        });
        of(site -> !site.isLookUp() && changed.contains(site.pod()))
                .forEach(row -> Objects.requireNonNull(rows.get(row.pod())).add(row));
        return rows.values().stream().flatMap(List::stream).toList();
    }

    private List<PodPull> of(Predicate<PullSite> selection) {
        List<PullSite> sites = workflows.stream()
                .flatMap(workflow -> PullSite.of(workflow, controller).stream())
                .filter(selection)
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
        Map<PullQuestion, Pull> pulls = furtherQuestions.ask(check.ask(questions));
        return IntStream.range(0, sites.size())
                .mapToObj(i -> sites.get(i).answered(Objects.requireNonNull(pulls.get(questions.get(i)))))
                .toList();
    }

    private Fact<Optional<Document>> find(String namespace, String account) {
        return account.contains("{{")
                ? Fact.unknown("ServiceAccount " + account + " is not known before the workflow runs")
                : objects.find("ServiceAccount", namespace, account);
    }

    /** Announces an image of each registry, so that connections can be opened early. */
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
