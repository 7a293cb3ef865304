package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.cluster.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.Policy;
import io.jenkins.plugins.argopreflight.engine.collect.node.Placement;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects every fact that checks judge: all of a preflight's I/O is in here, and what can be asked at once is. */
public final class Collector {

    private final Fact<ClusterGateway> cluster;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param cluster Unknown, with the reason, when none shall or can be asked
     * @param concurrency how many requests of one kind are under way at the same time
     */
    public Collector(Fact<ClusterGateway> cluster, Registry registry, int concurrency) {
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Everything about the given workflows and pods; where there is no workflow, about the given templates.
     *
     * @throws IllegalArgumentException when there is nothing to judge, or the request is wrong
     * @throws io.jenkins.plugins.argopreflight.engine.manifest.ManifestException when a setting in the controller's
     *     files is no YAML
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public Facts collect(CollectRequest request) {
        ClusterReader reader = new ClusterReader(cluster);
        Once<Fact<Identity>> submitter = new Once<>(() -> submitter(reader.cluster()));
        Once<Fact<String>> kubernetes =
                new Once<>(() -> request.kubernetesVersion().map(Fact::known).orElseGet(reader::version));
        List<Unseen> unseen = new ArrayList<>();
        Once<Workflows> followed = new Once<>(() -> follow(request, reader, unseen));
        Once.all(submitter, kubernetes, followed);
        unseen.addAll(followed.get().unseen());

        Once<ClusterView> view = new Once<>(() -> view(request, followed.get(), reader));
        Parties parties = new Parties(
                submitter.get(),
                ControllerAccount.of(
                        followed.get().controller().flags(), request.workflows().argoNamespace(), reader));
        Permissions asked = new Permissions(reader.cluster(), parties, concurrency);
        Once<List<PodPull>> pulls = new Once<>(() -> pulls(request, followed.get(), reader, asked));
        Once<List<Permission>> permissions = new Once<>(
                () -> asked.ask(followed.get().workflows(), followed.get().controller(), reader));
        Once<List<Admission>> admissions =
                new Once<>(() -> new Admissions(reader.cluster(), parties, concurrency, enforced(request))
                        .ask(followed.get().workflows()));
        Once<ClusterView> grants = new Once<>(() -> NearGrants.of(permissions.get(), reader, view.get(), concurrency));
        Once.all(view, pulls, permissions, grants, admissions);

        tell(unseen, "who we are for the API server", submitter.get());
        tell(unseen, "the version of Kubernetes", kubernetes.get());
        reader.silence()
                .ifPresent(reason ->
                        unseen.add(0, new Unseen(Unseen.CLUSTER, reason, Optional.empty(), request.clusterAsked())));
        NodePulls nodes = new NodePulls(
                listed(request, reader),
                new Placement(view.get().list(Resource.NODES, "")),
                new PullPolicies(admissions.get()),
                new RunningPods(reader),
                request.failedPulls());
        return new Facts(
                submitter.get(),
                kubernetes.get(),
                followed.get().controller(),
                followed.get().settings(),
                request.workflows().argoNamespace(),
                request.workflows().documents(),
                followed.get().workflows(),
                pulls.get().stream().map(nodes::judge).toList(),
                permissions.get(),
                admissions.get(),
                grants.get(),
                unseen);
    }

    private static ImagePatterns listed(CollectRequest request, ClusterReader reader) {
        List<String> patterns = new ArrayList<>(request.nodeCredentials());
        patterns.addAll(reader.nodeCredentials());
        return ImagePatterns.of(patterns);
    }

    private static Optional<Policy> enforced(CollectRequest request) {
        return Optional.of(request.podSecurity())
                .filter(text -> !text.isEmpty())
                .map(Policy::parse);
    }

    private static Fact<Identity> submitter(Fact<ClusterGateway> cluster) {
        return cluster instanceof Fact.Unknown<ClusterGateway> none
                ? Fact.unknown(none.reason())
                : WhoAmI.ask(cluster.ifKnown().orElseThrow());
    }

    private Workflows follow(CollectRequest request, ClusterReader reader, List<Unseen> unseen) {
        WorkflowRequest workflows = request.workflows();
        NamedObjects named = NamedObjects.read(request.names(), workflows.namespace(), reader, concurrency);
        List<Document> judged = new ArrayList<>(Workflows.judged(workflows.documents()));
        judged.addAll(named.documents());
        if (judged.isEmpty()
                && named.unseen().isEmpty()
                && Budget.current().leftOut().isEmpty()) {
            throw new IllegalArgumentException("nothing to judge in the given files: no Workflow, CronWorkflow,"
                    + " WorkflowTemplate, ClusterWorkflowTemplate (apiVersion argoproj.io/v1alpha1) and no Pod; what"
                    + " they refer to, such as a ServiceAccount, is judged with them");
        }
        unseen.addAll(named.unseen());
        return Workflows.follow(judged, workflows, reader, concurrency);
    }

    private ClusterView view(CollectRequest request, Workflows followed, ClusterReader reader) {
        WorkflowRequest given = request.workflows();
        return CollectedView.of(followed.workflows(), given.documents(), given.namespace(), reader, concurrency);
    }

    private List<PodPull> pulls(CollectRequest request, Workflows followed, ClusterReader reader, Permissions asked) {
        WorkflowRequest given = request.workflows();
        return new PodPulls(
                        followed.workflows(),
                        given.documents(),
                        given.namespace(),
                        reader,
                        new LimitedRegistry(registry, Budget.current()),
                        followed.controller(),
                        concurrency)
                .of(asked::controllerMayGetSecret);
    }

    private static void tell(List<Unseen> unseen, String what, Fact<?> fact) {
        if (fact instanceof Fact.Unknown<?> unknown) {
            unseen.add(new Unseen(what, unknown.reason(), unknown.missingRight(), false));
        }
    }
}
