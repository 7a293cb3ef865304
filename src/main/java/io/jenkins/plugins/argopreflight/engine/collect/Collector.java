package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admissions;
import io.jenkins.plugins.argopreflight.engine.collect.admission.AdmittedPods;
import io.jenkins.plugins.argopreflight.engine.collect.node.Placement;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.collect.object.NamedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.collect.pull.NodePulls;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPulls;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PullPolicies;
import io.jenkins.plugins.argopreflight.engine.collect.pull.RunningPods;
import io.jenkins.plugins.argopreflight.engine.collect.right.NearGrants;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.collect.right.Parties;
import io.jenkins.plugins.argopreflight.engine.collect.right.Permissions;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ControllerAccount;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.workflow.KindName;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects every fact that checks judge: all of a preflight's I/O is in here, and what can be asked at once is. */
public final class Collector {

    private final Fact<ClusterGateway> cluster;
    private final Registry registry;
    private final int concurrency;

    /**
     * @param cluster Unknown, with the reason, when none shall or can be asked
     * @param concurrency how many requests of one kind, and how many kinds, are under way at the same time
     */
    public Collector(Fact<ClusterGateway> cluster, Registry registry, int concurrency) {
        this.cluster = cluster;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Everything about the given workflows and pods, and the given templates that no workflow refers to.
     *
     * @throws IllegalArgumentException when there is nothing to judge, or the request is wrong
     * @throws io.jenkins.plugins.argopreflight.engine.manifest.ManifestException when a setting in the controller's
     *     files is no YAML
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public Facts collect(CollectRequest given) {
        ClusterReader reader = new ClusterReader(cluster);
        CollectRequest request = given.with(given.workflows().withSensors(reader, concurrency));
        Once<Fact<Identity>> submitter = new Once<>(reader::who);
        Once<Fact<String>> kubernetes =
                new Once<>(() -> request.kubernetesVersion().map(Fact::known).orElseGet(reader::version));
        List<Unavailable> unseen = new ArrayList<>();
        Once<Workflows> followed = new Once<>(() -> follow(request, reader, unseen));
        Once.all(concurrency, submitter, kubernetes, followed);
        unseen.addAll(followed.get().unseen());

        Once<CollectedView> view = new Once<>(() -> view(request, followed.get(), reader));
        Parties parties = new Parties(
                submitter.get(),
                ControllerAccount.of(
                        followed.get().controller().flags(), request.workflows().argoNamespace(), reader));
        Permissions asked = new Permissions(reader.cluster(), parties, concurrency);
        PodPulls puller = pulls(request, followed.get(), reader, asked);
        Once<List<PodPull>> pulls = new Once<>(puller::all);
        Once<List<NeededRight>> permissions = new Once<>(
                () -> asked.ask(followed.get().workflows(), followed.get().controller(), reader));
        Once<List<Admission>> admissions = new Once<>(() -> new Admissions(
                        reader.cluster(),
                        parties,
                        concurrency,
                        enforced(request),
                        () -> kubernetes.get().ifKnown().orElse(""),
                        () -> ClusterKinds.read(reader))
                .ask(followed.get().workflows()));
        Once<ClusterView> grants = new Once<>(() -> NearGrants.of(permissions.get(), reader, view.get(), concurrency));
        Once.all(concurrency, view, pulls, permissions, grants, admissions);
        Set<ArgoPod> changed = new AdmittedPods(new KnownObjects(
                        request.workflows().documents(), request.workflows().namespace(), reader))
                .apply(admissions.get());
        if (!changed.isEmpty()) {
            view.get().also(followed.get().workflows(), reader, concurrency);
        }
        view.get().usersOfQuotas(admissions.get(), reader);
        view.get().namespaces(followed.get().workflows(), reader);
        List<PodPull> admitted = changed.isEmpty() ? pulls.get() : puller.admitted(pulls.get(), changed);

        note(unseen, "who we are for the API server", submitter.get());
        note(unseen, "the version of Kubernetes", kubernetes.get());
        reader.silence()
                .ifPresent(reason -> unseen.add(
                        0, new Unavailable(Unavailable.CLUSTER, reason, Optional.empty(), request.clusterAsked())));
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
                admitted.stream().map(nodes::judge).toList(),
                permissions.get(),
                admissions.get(),
                grants.get(),
                unseen,
                new Derived());
    }

    private static ImagePatterns listed(CollectRequest request, ClusterReader reader) {
        List<String> patterns = new ArrayList<>(request.nodeCredentials());
        patterns.addAll(reader.nodeCredentials());
        return ImagePatterns.of(patterns);
    }

    private static Optional<LevelVersion> enforced(CollectRequest request) {
        return Optional.of(request.podSecurity())
                .filter(text -> !text.isEmpty())
                .map(LevelVersion::parse);
    }

    private Workflows follow(CollectRequest request, ClusterReader reader, List<Unavailable> unseen) {
        WorkflowRequest workflows = request.workflows();
        NamedObjects named = NamedObjects.read(request.names(), workflows.namespace(), reader, concurrency);
        List<Document> judged = new ArrayList<>(Workflows.judged(workflows.documents()));
        judged.addAll(named.documents());
        if (judged.isEmpty()
                && workflows.sensors().isEmpty()
                && named.unseen().isEmpty()
                && Budget.current().leftOut().isEmpty()) {
            Workflows.refuseSensors(workflows.documents());
            throw new IllegalArgumentException(workflows.documents().stream()
                            .flatMap(document -> KindName.meant(document)
                                    .map(kind -> document.locate("kind") + ": kind " + document.kind()
                                            + " (apiVersion " + document.apiVersion() + ") is not Argo's; write kind "
                                            + kind + ", apiVersion " + KindName.API_VERSION + ". ")
                                    .stream())
                            .findFirst()
                            .orElse("")
                    + "nothing to check in the given files: no Workflow, CronWorkflow,"
                    + " WorkflowTemplate, ClusterWorkflowTemplate (apiVersion argoproj.io/v1alpha1), no Sensor with one"
                    + " of them and no Pod; what"
                    + " they refer to, such as a ServiceAccount, is checked with them");
        }
        unseen.addAll(named.unseen());
        return Workflows.follow(judged, workflows, reader, concurrency);
    }

    private CollectedView view(CollectRequest request, Workflows followed, ClusterReader reader) {
        WorkflowRequest given = request.workflows();
        return CollectedView.of(followed.workflows(), given.documents(), given.namespace(), reader, concurrency);
    }

    private PodPulls pulls(CollectRequest request, Workflows followed, ClusterReader reader, Permissions asked) {
        WorkflowRequest given = request.workflows();
        return new PodPulls(
                followed.workflows(),
                given.documents(),
                given.namespace(),
                reader,
                new LimitedRegistry(registry, Budget.current()),
                followed.controller(),
                asked::controllerMayGetSecret,
                concurrency);
    }

    private static void note(List<Unavailable> unseen, String what, Fact<?> fact) {
        fact.ifUnknown()
                .ifPresent(
                        unknown -> unseen.add(new Unavailable(what, unknown.reason(), unknown.missingRight(), false)));
    }
}
