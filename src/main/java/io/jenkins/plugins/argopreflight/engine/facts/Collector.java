package io.jenkins.plugins.argopreflight.engine.facts;

import io.jenkins.plugins.argopreflight.engine.argo.KindName;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admissions;
import io.jenkins.plugins.argopreflight.engine.facts.admission.AdmittedPods;
import io.jenkins.plugins.argopreflight.engine.facts.node.Placement;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.facts.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.facts.object.NamedObjects;
import io.jenkins.plugins.argopreflight.engine.facts.pull.LimitedRegistry;
import io.jenkins.plugins.argopreflight.engine.facts.pull.NodePulls;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPulls;
import io.jenkins.plugins.argopreflight.engine.facts.pull.RunningPods;
import io.jenkins.plugins.argopreflight.engine.facts.right.GrantsView;
import io.jenkins.plugins.argopreflight.engine.facts.right.Identities;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.Permissions;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ControllerAccount;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ImagePatterns;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The collector of the facts that checks read. All I/O of a preflight is done here, with as many requests at the same
 * time as possible.
 */
public final class Collector {

    private final Fact<ClusterGateway> cluster;
    private final boolean clusterAsked;
    private final Registry registry;
    private final int concurrency;

    /**
     * Creates a collector.
     *
     * @param cluster the gateway to the cluster; Unknown, with the reason, if it must not or cannot be used
     * @param clusterAsked whether the user asked for a check of the cluster: if the cluster does not answer, the report
     *     then says that it could not be checked
     * @param concurrency the number of requests of one kind, and of kinds of requests, at the same time
     */
    public Collector(Fact<ClusterGateway> cluster, boolean clusterAsked, Registry registry, int concurrency) {
        this.cluster = cluster;
        this.clusterAsked = clusterAsked;
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /**
     * Collects the facts about the workflows and pods of the request, and about the templates in the files to which no
     * workflow refers.
     *
     * @throws IllegalArgumentException if there is nothing to check, or the request is invalid
     * @throws io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException if a setting in the controller's
     *     files is not YAML
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the thread is interrupted
     */
    public Facts collect(CollectRequest request) {
        ClusterReader reader = new ClusterReader(cluster);
        CollectRequest withSensors = request.withWorkflows(request.workflows().withSensors(reader, concurrency));
        Once<Fact<Identity>> submitter = new Once<>(reader::identity);
        Once<Fact<String>> kubernetes = new Once<>(
                () -> withSensors.kubernetesVersion().map(Fact::known).orElseGet(reader::version));
        List<Unavailable> unavailable = new ArrayList<>();
        Once<Workflows> expanded = new Once<>(() -> expand(withSensors, reader, unavailable));
        // The reads of a group run in parallel. The next group needs the results.
        Once.all(concurrency, submitter, kubernetes, expanded);
        unavailable.addAll(expanded.get().unseen());

        Once<CollectedView> view = new Once<>(() -> view(withSensors, expanded.get(), reader));
        Identities parties = new Identities(
                submitter.get(),
                ControllerAccount.of(
                        expanded.get().controller().flags(),
                        withSensors.workflows().argoNamespace(),
                        reader));
        Permissions permissionReviews = new Permissions(reader.cluster(), parties, concurrency);
        PodPulls puller = pulls(withSensors, expanded.get(), reader, permissionReviews);
        Once<List<PodPull>> pulls = new Once<>(puller::all);
        Once<List<NeededRight>> permissions = new Once<>(() ->
                permissionReviews.ask(expanded.get().workflows(), expanded.get().controller(), reader));
        Once<List<Admission>> admissions = new Once<>(() -> new Admissions(
                        reader.cluster(),
                        parties,
                        concurrency,
                        podSecurity(withSensors),
                        () -> kubernetes.get().ifKnown().orElse(""),
                        () -> ClusterKinds.read(reader))
                .ask(expanded.get().workflows()));
        Once<ClusterView> grants = new Once<>(() -> GrantsView.of(permissions.get(), reader, view.get(), concurrency));
        Once.all(concurrency, view, pulls, permissions, grants, admissions);
        Set<ArgoPod> changed = new AdmittedPods(new KnownObjects(
                        withSensors.workflows().documents(),
                        withSensors.workflows().namespace(),
                        reader))
                .apply(admissions.get());
        if (!changed.isEmpty()) {
            view.get().readMore(expanded.get().workflows(), reader, concurrency);
        }
        view.get().readUsersOfQuotas(admissions.get(), reader);
        view.get().readNamespaces(expanded.get().workflows(), reader);
        List<PodPull> admitted = changed.isEmpty() ? pulls.get() : puller.admitted(pulls.get(), changed);

        addUnknown(unavailable, "who we are for the API server", submitter.get());
        addUnknown(unavailable, "the version of Kubernetes", kubernetes.get());
        reader.unavailableReason()
                .ifPresent(
                        reason -> unavailable.add(0, Unavailable.of(Unavailable.Source.CLUSTER, reason, clusterAsked)));
        NodePulls nodes = new NodePulls(
                imagesWithNodeCredentials(withSensors, reader),
                new Placement(view.get().list(Resource.NODES, "")),
                admissions.get(),
                new RunningPods(reader),
                withSensors.failedPulls());
        return new Facts(
                submitter.get(),
                kubernetes.get(),
                expanded.get().controller(),
                expanded.get().settings(),
                withSensors.workflows().argoNamespace(),
                withSensors.workflows().documents(),
                expanded.get().workflows(),
                admitted.stream().map(nodes::withOtherSources).toList(),
                permissions.get(),
                admissions.get(),
                grants.get(),
                unavailable,
                new DerivedValues());
    }

    private static ImagePatterns imagesWithNodeCredentials(CollectRequest request, ClusterReader reader) {
        List<String> patterns = new ArrayList<>(request.nodeCredentials());
        patterns.addAll(reader.nodeCredentials());
        return ImagePatterns.of(patterns);
    }

    private static Optional<LevelVersion> podSecurity(CollectRequest request) {
        return Optional.of(request.podSecurity())
                .filter(text -> !text.isEmpty())
                .map(LevelVersion::parse);
    }

    private Workflows expand(CollectRequest request, ClusterReader reader, List<Unavailable> unavailable) {
        WorkflowRequest workflows = request.workflows();
        NamedObjects named = NamedObjects.read(request.names(), workflows.namespace(), reader, concurrency);
        List<Document> checked = new ArrayList<>(Workflows.toCheck(workflows.documents()));
        checked.addAll(named.documents());
        if (checked.isEmpty()
                && workflows.sensors().isEmpty()
                && named.unseen().isEmpty()
                && Budget.current().leftOut().isEmpty()) {
            Workflows.refuseSensors(workflows.documents());
            throw new IllegalArgumentException(workflows.documents().stream()
                            .flatMap(document -> KindName.suggestion(document)
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
        unavailable.addAll(named.unseen());
        return Workflows.expand(checked, workflows, reader, concurrency);
    }

    private CollectedView view(CollectRequest request, Workflows expanded, ClusterReader reader) {
        WorkflowRequest workflows = request.workflows();
        return CollectedView.of(
                expanded.workflows(), workflows.documents(), workflows.namespace(), reader, concurrency);
    }

    private PodPulls pulls(CollectRequest request, Workflows expanded, ClusterReader reader, Permissions permissions) {
        WorkflowRequest workflows = request.workflows();
        return new PodPulls(
                expanded.workflows(),
                workflows.documents(),
                workflows.namespace(),
                reader,
                new LimitedRegistry(registry, Budget.current()),
                expanded.controller(),
                permissions::canControllerGetSecret,
                concurrency);
    }

    private static void addUnknown(List<Unavailable> unavailable, String name, Fact<?> fact) {
        fact.ifUnknown()
                .ifPresent(unknown ->
                        unavailable.add(Unavailable.optional(name, unknown.reason(), unknown.missingRight())));
    }
}
