package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.workflow.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.GivenPod;
import io.jenkins.plugins.argopreflight.engine.workflow.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The given workflows, each with the pods that Argo will create; a cluster is asked for what no file says.
 *
 * @param configuration where the controller's settings come from, "" when nobody knows them
 * @param settings the controller's ConfigMap as it stands
 * @param unseen what could not be seen and may change the pods
 */
public record Workflows(
        List<WorkflowFacts> workflows,
        Controller controller,
        String configuration,
        Fact<Document> settings,
        List<Unseen> unseen) {

    private static final Set<String> TEMPLATES = Set.of("WorkflowTemplate", "ClusterWorkflowTemplate");

    /**
     * Follows every Workflow and CronWorkflow; when there is none, every template as {@code argo submit --from} would.
     *
     * @throws IllegalArgumentException when there is nothing to follow, or no configuration in the controller's files
     * @throws io.jenkins.plugins.argopreflight.engine.manifest.ManifestException when a setting there is no YAML
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public static Workflows of(WorkflowRequest request, ClusterReader reader, int concurrency) {
        List<Document> workflows = argo(request.documents());
        if (workflows.isEmpty()) {
            throw new IllegalArgumentException("no Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate"
                    + " (apiVersion argoproj.io/v1alpha1) in the given files");
        }
        return follow(workflows, request, reader, concurrency);
    }

    /**
     * Follows these, and takes Pods for pods that Argo made.
     *
     * @throws IllegalArgumentException when there is no configuration in the controller's files
     */
    static Workflows follow(List<Document> workflows, WorkflowRequest request, ClusterReader reader, int concurrency) {
        Once<ControllerFacts> asked = new Once<>(() -> ControllerFacts.of(request, reader));
        Parallel.forEach(
                List.<Runnable>of(asked::get, () -> Foresight.read(workflows, request, reader, concurrency)),
                2,
                Runnable::run);
        ControllerFacts controller = asked.get();
        KnownObjects objects = new KnownObjects(request.documents(), request.namespace(), reader);
        Map<Integer, WorkflowFacts> made = new ConcurrentHashMap<>();
        Parallel.forEach(
                IntStream.range(0, workflows.size()).boxed().toList(),
                concurrency,
                i -> made.put(i, pods(workflows.get(i), request, objects, controller)));
        List<Unseen> unseen = new ArrayList<>(controller.unseen());
        unseen.addAll(objects.unseen());
        return new Workflows(
                List.copyOf(new TreeMap<>(made).values()),
                controller.controller(),
                controller.source(),
                controller.settings(),
                unseen);
    }

    /** What is to be judged of the given documents: what {@link #argo} says, and Pods. */
    static List<Document> judged(List<Document> documents) {
        Set<Document> argo = Set.copyOf(argo(documents));
        return documents.stream()
                .filter(document -> argo.contains(document) || isPod(document))
                .toList();
    }

    private static boolean isPod(Document document) {
        return document.kind().equals("Pod") && document.apiVersion().equals("v1");
    }

    /** Every Workflow and CronWorkflow, or else every template. */
    private static List<Document> argo(List<Document> documents) {
        List<Document> argo = documents.stream()
                .filter(document -> document.apiVersion().startsWith("argoproj.io/"))
                .toList();
        List<Document> runs = argo.stream().filter(WorkflowFacts::isRun).toList();
        return runs.isEmpty()
                ? argo.stream().filter(each -> TEMPLATES.contains(each.kind())).toList()
                : runs;
    }

    /** Where a workflow runs. */
    static String namespace(Document workflow, WorkflowRequest request) {
        return workflow.namespace().isEmpty() || workflow.kind().startsWith("Cluster")
                ? request.namespace()
                : workflow.namespace();
    }

    private static WorkflowFacts pods(
            Document workflow, WorkflowRequest request, KnownObjects objects, ControllerFacts controller) {
        String namespace = namespace(workflow, request);
        ArgoPods made = isPod(workflow)
                ? new ArgoPods(List.of(GivenPod.of(workflow, namespace, objects)), List.of())
                : ArgoPods.of(new PodRequest(
                        workflow,
                        namespace,
                        "",
                        objects,
                        controller.controller(),
                        request.parameters(),
                        image -> Optional.empty()));
        List<Problem> problems = new ArrayList<>(made.problems());
        made.pods().stream()
                .flatMap(pod -> missingAccount(pod, namespace, objects).stream())
                .distinct()
                .forEach(problems::add);
        return new WorkflowFacts(workflow, namespace, made.pods(), problems, made.together());
    }

    /** The API server refuses the pods of a ServiceAccount that is not there. */
    private static Optional<Problem> missingAccount(ArgoPod pod, String namespace, KnownObjects objects) {
        String name = pod.spec().path("serviceAccountName").asText();
        if (name.isEmpty() || name.contains("{{")) {
            return Optional.empty();
        }
        return objects.find("ServiceAccount", namespace, name)
                .ifKnown()
                .filter(Optional::isEmpty)
                .map(absent -> new Problem(
                        Problem.Kind.MISSING_REFERENCE,
                        pod.origin("spec.serviceAccountName").location().orElse(pod.templateLocation()),
                        pod.origin("spec.serviceAccountName").path(),
                        "error looking up service account " + namespace + "/" + name + ": serviceaccount \"" + name
                                + "\" not found: no pod of it will be created"));
    }
}
