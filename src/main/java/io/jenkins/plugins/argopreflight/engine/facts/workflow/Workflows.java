package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.argo.PodOwner;
import io.jenkins.plugins.argopreflight.engine.argo.StandalonePod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The workflows of a request, with the pods that Argo will create. Objects that are in no file are read from the
 * cluster.
 *
 * @param configuration the source of the controller's settings; {@code ""} if they are unknown
 * @param settings the controller's ConfigMap
 * @param unseen the objects that could not be read and can change the pods
 */
public record Workflows(
        List<WorkflowFacts> workflows,
        Controller controller,
        String configuration,
        Fact<Document> settings,
        List<Unavailable> unseen) {

    /**
     * The maximum number of values in the manifests of workflows that are expanded at the same time: the expansion
     * needs a multiple of a manifest's memory.
     */
    private static final int MAX_CONCURRENT_VALUES = 50_000;

    /** The context for the expansion of each workflow. */
    private record Context(
            WorkflowRequest request,
            UsedTemplates used,
            KnownObjects objects,
            ControllerFacts controller,
            CompactJson compact) {}

    private static final Set<String> TEMPLATES = Set.of("WorkflowTemplate", "ClusterWorkflowTemplate");

    /**
     * Expands each Workflow and CronWorkflow, and each template to which none of them refers.
     *
     * @throws IllegalArgumentException if there is nothing to expand, or the controller's files contain no
     *     configuration
     * @throws io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException if a setting in the controller's files
     *     is not YAML
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the thread is interrupted
     */
    public static Workflows of(WorkflowRequest original, ClusterReader reader, int concurrency) {
        WorkflowRequest request = original.withSensors(reader, concurrency);
        List<Document> workflows = argoDocuments(request.documents());
        if (workflows.isEmpty() && request.sensors().isEmpty()) {
            refuseSensors(request.documents());
            throw new IllegalArgumentException("no Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate"
                    + " (apiVersion argoproj.io/v1alpha1) in the given files");
        }
        return expand(workflows, request, reader, concurrency);
    }

    /**
     * Refuses files with only Sensors.
     *
     * @throws IllegalArgumentException if all documents are Sensors
     */
    public static void refuseSensors(List<Document> documents) {
        if (!documents.isEmpty() && documents.stream().allMatch(Sensors::isSensor)) {
            Document first = documents.get(0);
            throw new IllegalArgumentException(first.locate("") + ": Sensor " + first.nameOrPrefix()
                    + " has no trigger that makes a workflow (argoWorkflow with operation submit or submit-from, k8s with"
                    + " operation create): there is nothing to check in it");
        }
    }

    /**
     * Expands these documents. A Pod is treated as a pod that Argo created.
     *
     * @throws IllegalArgumentException if the controller's files contain no configuration
     */
    public static Workflows expand(
            List<Document> workflows, WorkflowRequest request, ClusterReader reader, int concurrency) {
        Once<ControllerFacts> controllerFacts = new Once<>(() -> ControllerFacts.of(request, reader));
        Parallel.forEach(
                List.<Runnable>of(controllerFacts::get, () -> Prefetch.read(workflows, request, reader, concurrency)),
                concurrency,
                Runnable::run);
        ControllerFacts controller = controllerFacts.get();
        KnownObjects objects = new KnownObjects(request.documents(), request.namespace(), reader);
        Context context = new Context(
                request,
                UsedTemplates.collect(workflows.stream()
                        .filter(each -> TEMPLATES.contains(each.kind()))
                        .filter(Set.copyOf(request.documents())::contains)
                        .toList()),
                objects,
                controller,
                new CompactJson());
        Set<Unavailable> unavailable = ConcurrentHashMap.newKeySet();
        Semaphore capacity = new Semaphore(MAX_CONCURRENT_VALUES, true);
        Map<Integer, List<WorkflowFacts>> expanded = new ConcurrentHashMap<>();
        Parallel.forEach(IntStream.range(0, workflows.size()).boxed().toList(), concurrency, i -> {
            int values = Math.min(MAX_CONCURRENT_VALUES, workflows.get(i).valueCount());
            try {
                capacity.acquire(values);
            } catch (InterruptedException e) {
                throw Parallel.interrupted(e);
            }
            try {
                expanded.put(i, expandWithCreated(workflows.get(i), context, unavailable));
            } finally {
                capacity.release(values);
            }
        });
        List<Unavailable> all = new ArrayList<>(controller.unseen());
        all.addAll(request.sensors().unseen());
        all.addAll(objects.unseen());
        all.addAll(CreatedPods.unknownKinds(request.documents()));
        unavailable.stream().sorted(Comparator.comparing(Unavailable::fact)).forEach(all::add);
        return new Workflows(
                Stream.concat(new TreeMap<>(expanded).values().stream().flatMap(List::stream), refusedTriggers(request))
                        .toList(),
                controller.controller(),
                controller.source(),
                controller.settings(),
                all);
    }

    /** Returns the Sensors with a trigger that should create a workflow and creates none. */
    private static Stream<WorkflowFacts> refusedTriggers(WorkflowRequest request) {
        Map<Document, List<Problem>> bySensor = request.sensors().problems().stream()
                .collect(Collectors.groupingBy(Problem::document, LinkedHashMap::new, Collectors.toList()));
        return bySensor.entrySet().stream()
                .map(each -> new WorkflowFacts(
                        each.getKey(),
                        namespace(each.getKey(), request),
                        List.of(),
                        each.getValue(),
                        Concurrency.NONE));
    }

    /** Returns the documents to check: those of {@link #argoDocuments}, Pods, and objects with pods. */
    public static List<Document> toCheck(List<Document> documents) {
        Set<Document> argo = Set.copyOf(argoDocuments(documents));
        return documents.stream()
                .filter(document -> argo.contains(document)
                        || !WorkflowFacts.isArgo(document) && PodOwner.of(document) == PodOwner.Knowledge.PODS)
                .toList();
    }

    private static boolean isPod(Document document) {
        return document.kind().equals("Pod") && document.apiVersion().equals("v1");
    }

    /**
     * Returns each Workflow and CronWorkflow, and each template to which none of them refers, directly or through other
     * templates.
     */
    private static List<Document> argoDocuments(List<Document> documents) {
        List<Document> argo = documents.stream()
                .filter(document -> document.apiVersion().startsWith("argoproj.io/"))
                .toList();
        Map<String, List<Document>> templates = argo.stream()
                .filter(each -> TEMPLATES.contains(each.kind()))
                .collect(Collectors.groupingBy(Document::name));
        Set<Document> reached = new HashSet<>();
        Deque<Document> next =
                new ArrayDeque<>(argo.stream().filter(WorkflowFacts::isRun).toList());
        while (!next.isEmpty()) {
            referredTemplates(next.pop().root()).stream()
                    .flatMap(name -> templates.getOrDefault(name, List.of()).stream())
                    .filter(reached::add)
                    .forEach(next::push);
        }
        return argo.stream()
                .filter(each -> WorkflowFacts.isRun(each) || TEMPLATES.contains(each.kind()) && !reached.contains(each))
                .toList();
    }

    /** Returns the names of the (Cluster)WorkflowTemplates to which a manifest refers. */
    private static Set<String> referredTemplates(JsonNode manifest) {
        return Stream.of("templateRef", "workflowTemplateRef")
                .flatMap(field -> manifest.findValues(field).stream())
                .map(reference -> Json.text(reference, "name"))
                .collect(Collectors.toSet());
    }

    /**
     * Returns the namespace in which a workflow runs: its own, else that of the Sensor whose trigger contains it, else
     * that of the request.
     */
    static String namespace(Document workflow, WorkflowRequest request) {
        if (!workflow.namespace().isEmpty() && !workflow.kind().startsWith("Cluster")) {
            return workflow.namespace();
        }
        return request.sensors().of(workflow).stream()
                .filter(trigger -> trigger.makes(workflow))
                .findFirst()
                .map(SensorTrigger::namespace)
                .orElse(request.namespace());
    }

    /** Returns the workflow, and the objects with pods that its resource templates create. */
    private static List<WorkflowFacts> expandWithCreated(
            Document workflow, Context context, Set<Unavailable> unavailable) {
        String namespace = namespace(workflow, context.request());
        if (!WorkflowFacts.isArgo(workflow) && !isPod(workflow)) {
            return List.of(
                    withMissingAccounts(CreatedPods.ofFile(workflow, namespace, context.objects()), context.objects()));
        }
        WorkflowFacts expanded = expandPods(workflow, namespace, parameters(workflow, context.request()), context);
        List<WorkflowFacts> all = new ArrayList<>();
        addExpanded(expanded, context, unavailable, all);
        return all;
    }

    /**
     * Returns the values of the workflow's parameters. A trigger's arguments replace those of the submission, but only
     * if nothing else starts the workflow.
     */
    private static Map<String, String> parameters(Document workflow, WorkflowRequest request) {
        Map<String, String> parameters = new HashMap<>(request.parameters());
        request.sensors().of(workflow).stream()
                .filter(trigger -> trigger.makes(workflow) || !workflow.isInFile())
                .findFirst()
                .ifPresent(trigger -> parameters.putAll(trigger.parameters()));
        return parameters;
    }

    /**
     * Adds the workflow and the objects that it creates. Workflows that a created workflow creates are not expanded.
     */
    private static void addExpanded(
            WorkflowFacts expanded, Context context, Set<Unavailable> unavailable, List<WorkflowFacts> all) {
        KnownObjects objects = context.objects();
        WorkflowFacts complete = withMissingAccounts(expanded, objects);
        CreatedPods created = CreatedPods.of(complete, objects);
        unavailable.addAll(created.unseen());
        all.add(complete.withProblems(created.problems()));
        created.workflows().forEach(each -> all.add(withMissingAccounts(each, objects)));
        for (CreatedPods.Child child : created.children()) {
            WorkflowFacts alone = expandPods(child.document(), child.namespace(), Map.of(), context);
            addExpanded(child.asCreated(complete, alone), context, unavailable, all);
        }
    }

    /** Returns the facts with a problem for each ServiceAccount that is missing. */
    private static WorkflowFacts withMissingAccounts(WorkflowFacts expanded, KnownObjects objects) {
        return expanded.withProblems(expanded.pods().stream()
                .flatMap(pod -> missingAccount(pod, expanded.namespace(), objects).stream())
                .distinct()
                .toList());
    }

    private static WorkflowFacts expandPods(
            Document workflow, String namespace, Map<String, String> parameters, Context context) {
        List<SensorTrigger> triggers = context.request().sensors().of(workflow);
        ArgoPods expanded = isPod(workflow)
                ? new ArgoPods(List.of(StandalonePod.of(workflow, namespace, context.objects())), List.of())
                : ArgoPods.of(new PodRequest(
                        workflow,
                        namespace,
                        "",
                        context.objects(),
                        context.controller().controller(),
                        context.used().library(workflow),
                        parameters,
                        triggers.stream()
                                .flatMap(trigger -> trigger.eventValues().stream())
                                .collect(Collectors.toSet()),
                        image -> Optional.empty(),
                        context.compact()));
        return new WorkflowFacts(
                workflow,
                namespace,
                expanded.pods(),
                expanded.problems(),
                expanded.together(),
                triggers,
                Optional.empty());
    }

    /** Returns the problem of a pod whose ServiceAccount does not exist: the API server refuses the pod. */
    private static Optional<Problem> missingAccount(ArgoPod pod, String namespace, KnownObjects objects) {
        String name = Json.text(pod.spec(), "serviceAccountName");
        if (name.isEmpty() || name.contains("{{")) {
            return Optional.empty();
        }
        return objects.find("ServiceAccount", namespace, name)
                .ifKnown()
                .filter(Optional::isEmpty)
                .map(absent -> pod.setter("spec.serviceAccountName"))
                .map(field -> new Problem(
                                Problem.Kind.MISSING_REFERENCE,
                                field.document(),
                                field.path(),
                                "error looking up service account " + namespace + "/" + name + ": serviceaccount \""
                                        + name + "\" not found: no pod of it will be created")
                        .absent(Problem.Thing.ACCOUNT, name));
    }
}
