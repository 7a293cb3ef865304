package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.collect.sensor.SensorTrigger;
import io.jenkins.plugins.argopreflight.engine.collect.sensor.Sensors;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.workflow.GivenPod;
import io.jenkins.plugins.argopreflight.engine.workflow.PodOwner;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
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
 * The given workflows, each with the pods that Argo will create; a cluster is asked for what no file says.
 *
 * @param configuration where the controller's settings come from, "" when no one knows them
 * @param settings the controller's ConfigMap as it stands
 * @param unseen what could not be seen and can change the pods
 */
public record Workflows(
        List<WorkflowFacts> workflows,
        Controller controller,
        String configuration,
        Fact<Document> settings,
        List<Unavailable> unseen) {

    /** Values of the workflows that are followed at the same time: until its pods are known, a workflow takes memory several times. */
    private static final int AT_ONCE = 50_000;

    /** What all workflows are followed with. */
    private record Following(
            WorkflowRequest request,
            UsedTemplates used,
            KnownObjects objects,
            ControllerFacts controller,
            CompactJson compact) {}

    private static final Set<String> TEMPLATES = Set.of("WorkflowTemplate", "ClusterWorkflowTemplate");

    /**
     * Follows every Workflow and CronWorkflow, and on its own every template that none of them refers to.
     *
     * @throws IllegalArgumentException when there is nothing to follow, or no configuration in the controller's files
     * @throws io.jenkins.plugins.argopreflight.engine.manifest.ManifestException when a setting there is no YAML
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public static Workflows of(WorkflowRequest given, ClusterReader reader, int concurrency) {
        WorkflowRequest request = given.withSensors(reader, concurrency);
        List<Document> workflows = argo(request.documents());
        if (workflows.isEmpty() && request.sensors().isEmpty()) {
            refuseSensors(request.documents());
            throw new IllegalArgumentException("no Workflow, CronWorkflow, WorkflowTemplate or ClusterWorkflowTemplate"
                    + " (apiVersion argoproj.io/v1alpha1) in the given files");
        }
        return follow(workflows, request, reader, concurrency);
    }

    /** @throws IllegalArgumentException when there are only Sensors */
    public static void refuseSensors(List<Document> documents) {
        if (!documents.isEmpty() && documents.stream().allMatch(Sensors::isSensor)) {
            Document first = documents.get(0);
            throw new IllegalArgumentException(first.locate("") + ": Sensor " + first.nameOrPrefix()
                    + " has no trigger that makes a workflow (argoWorkflow with operation submit or submit-from, k8s with"
                    + " operation create): there is nothing to check in it");
        }
    }

    /**
     * Follows these, and takes Pods for pods that Argo made.
     *
     * @throws IllegalArgumentException when there is no configuration in the controller's files
     */
    public static Workflows follow(
            List<Document> workflows, WorkflowRequest request, ClusterReader reader, int concurrency) {
        Once<ControllerFacts> asked = new Once<>(() -> ControllerFacts.of(request, reader));
        Parallel.forEach(
                List.<Runnable>of(asked::get, () -> Prefetch.read(workflows, request, reader, concurrency)),
                concurrency,
                Runnable::run);
        ControllerFacts controller = asked.get();
        KnownObjects objects = new KnownObjects(request.documents(), request.namespace(), reader);
        Following following = new Following(
                request,
                UsedTemplates.among(workflows.stream()
                        .filter(each -> TEMPLATES.contains(each.kind()))
                        .filter(Set.copyOf(request.documents())::contains)
                        .toList()),
                objects,
                controller,
                new CompactJson());
        Set<Unavailable> unseen = ConcurrentHashMap.newKeySet();
        Semaphore room = new Semaphore(AT_ONCE, true);
        Map<Integer, List<WorkflowFacts>> made = new ConcurrentHashMap<>();
        Parallel.forEach(IntStream.range(0, workflows.size()).boxed().toList(), concurrency, i -> {
            int values = Math.min(AT_ONCE, workflows.get(i).values());
            try {
                room.acquire(values);
            } catch (InterruptedException e) {
                throw Parallel.interrupted(e);
            }
            try {
                made.put(i, all(workflows.get(i), following, unseen));
            } finally {
                room.release(values);
            }
        });
        List<Unavailable> all = new ArrayList<>(controller.unseen());
        all.addAll(request.sensors().unseen());
        all.addAll(objects.unseen());
        all.addAll(CreatedPods.unknown(request.documents()));
        unseen.stream().sorted(Comparator.comparing(Unavailable::fact)).forEach(all::add);
        return new Workflows(
                Stream.concat(new TreeMap<>(made).values().stream().flatMap(List::stream), refusedTriggers(request))
                        .toList(),
                controller.controller(),
                controller.source(),
                controller.settings(),
                all);
    }

    /** The Sensors with a trigger that makes no workflow, as it should. */
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

    /** What is to be judged of the given documents: what {@link #argo} says, Pods, and objects with pods. */
    public static List<Document> judged(List<Document> documents) {
        Set<Document> argo = Set.copyOf(argo(documents));
        return documents.stream()
                .filter(document -> argo.contains(document)
                        || !WorkflowFacts.isArgo(document) && PodOwner.of(document) == PodOwner.Knowledge.PODS)
                .toList();
    }

    private static boolean isPod(Document document) {
        return document.kind().equals("Pod") && document.apiVersion().equals("v1");
    }

    /** Every Workflow and CronWorkflow, and every template that none of them reaches. */
    private static List<Document> argo(List<Document> documents) {
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
            referred(next.pop().root()).stream()
                    .flatMap(name -> templates.getOrDefault(name, List.of()).stream())
                    .filter(reached::add)
                    .forEach(next::push);
        }
        return argo.stream()
                .filter(each -> WorkflowFacts.isRun(each) || TEMPLATES.contains(each.kind()) && !reached.contains(each))
                .toList();
    }

    /** The names of the (Cluster)WorkflowTemplates that a manifest refers to. */
    private static Set<String> referred(JsonNode manifest) {
        return Stream.of("templateRef", "workflowTemplateRef")
                .flatMap(field -> manifest.findValues(field).stream())
                .map(reference -> reference.path("name").asText(""))
                .collect(Collectors.toSet());
    }

    /** Returns the namespace in which a workflow runs; that of its Sensor if its metadata cannot be read. */
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

    /** The workflow, and what its resource templates create with pods of their own. */
    private static List<WorkflowFacts> all(Document workflow, Following following, Set<Unavailable> unseen) {
        String namespace = namespace(workflow, following.request());
        if (!WorkflowFacts.isArgo(workflow) && !isPod(workflow)) {
            return List.of(accounts(CreatedPods.given(workflow, namespace, following.objects()), following.objects()));
        }
        WorkflowFacts made = pods(workflow, namespace, parameters(workflow, following.request()), following);
        List<WorkflowFacts> all = new ArrayList<>();
        follow(made, following, unseen, all);
        return all;
    }

    /** A trigger's arguments come last, and count only where the trigger alone starts the workflow. */
    private static Map<String, String> parameters(Document workflow, WorkflowRequest request) {
        Map<String, String> parameters = new HashMap<>(request.parameters());
        request.sensors().of(workflow).stream()
                .filter(trigger -> trigger.makes(workflow) || !workflow.isInFile())
                .findFirst()
                .ifPresent(trigger -> parameters.putAll(trigger.parameters()));
        return parameters;
    }

    /** With what it creates; of the workflows that it creates, those that they create in turn are not followed. */
    private static void follow(
            WorkflowFacts made, Following following, Set<Unavailable> unseen, List<WorkflowFacts> all) {
        KnownObjects objects = following.objects();
        WorkflowFacts own = accounts(made, objects);
        CreatedPods created = CreatedPods.of(own, objects);
        unseen.addAll(created.unseen());
        all.add(own.with(created.problems()));
        created.workflows().forEach(each -> all.add(accounts(each, objects)));
        for (CreatedPods.Child child : created.children()) {
            WorkflowFacts alone = pods(child.document(), child.namespace(), Map.of(), following);
            follow(child.within(own, alone), following, unseen, all);
        }
    }

    /** With a problem for each ServiceAccount that is missing. */
    private static WorkflowFacts accounts(WorkflowFacts made, KnownObjects objects) {
        return made.with(made.pods().stream()
                .flatMap(pod -> missingAccount(pod, made.namespace(), objects).stream())
                .distinct()
                .toList());
    }

    private static WorkflowFacts pods(
            Document workflow, String namespace, Map<String, String> parameters, Following following) {
        List<SensorTrigger> triggers = following.request().sensors().of(workflow);
        ArgoPods made = isPod(workflow)
                ? new ArgoPods(List.of(GivenPod.of(workflow, namespace, following.objects())), List.of())
                : ArgoPods.of(new PodRequest(
                        workflow,
                        namespace,
                        "",
                        following.objects(),
                        following.controller().controller(),
                        following.used().library(workflow),
                        parameters,
                        triggers.stream()
                                .flatMap(trigger -> trigger.eventValues().stream())
                                .collect(Collectors.toSet()),
                        image -> Optional.empty(),
                        following.compact()));
        return new WorkflowFacts(
                workflow, namespace, made.pods(), made.problems(), made.together(), triggers, Optional.empty());
    }

    /** The API server refuses the pods of a ServiceAccount that is not there. */
    private static Optional<Problem> missingAccount(ArgoPod pod, String namespace, KnownObjects objects) {
        String name = pod.spec().path("serviceAccountName").asText("");
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
