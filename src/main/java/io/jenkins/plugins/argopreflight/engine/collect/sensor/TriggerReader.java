package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.collect.sensor.SensorTrigger.Operation;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reader of a trigger of a Sensor, as Argo Events executes it. Source: argo-events pkg/sensors/triggers
 * (argo-workflow, standard-k8s), pkg/sensors/artifacts, pkg/apis/events/v1alpha1/sensor_types.go.
 */
final class TriggerReader {

    private static final String RESOURCE = "resource";

    /** The trigger for any object, which counts where there are several. */
    private static final String K8S = "k8s";

    private static final String ARGO_WORKFLOW = "argoWorkflow";

    /** The operations of a k8s trigger that make a workflow; "" for the default. */
    private static final Map<String, Operation> OF_K8S = Map.of("", Operation.CREATE, "create", Operation.CREATE);

    /** The operations of an argoWorkflow trigger that make one; "" for the default. */
    private static final Map<String, Operation> OF_ARGO_WORKFLOW =
            Map.of("", Operation.SUBMIT, "submit", Operation.SUBMIT, "submit-from", Operation.SUBMIT_FROM);

    /** A copy of an object takes a part of the memory that reading it takes, since equal parts of copies are one. */
    private static final int SHARED = 4;

    /** The kinds of the k8s trigger that make workflows; it has a namespace, so no ClusterWorkflowTemplate. */
    private static final Set<String> KINDS = Set.of("Workflow", "CronWorkflow", "WorkflowTemplate");

    /** The fields of a source; Argo Events takes the first that is there. */
    private static final List<String> SOURCES = List.of("s3", "inline", "file", "url", "git", "configmap", RESOURCE);

    private final Document sensor;
    private final JsonNode trigger;
    private final TriggerObjects objects;
    private final Sensors found;
    private final String namespace;
    private final ObjectNode template;
    private final String type;
    private final String path;
    private final EventValues values = new EventValues();

    /** @param path of the trigger in the Sensor */
    TriggerReader(Document sensor, String path, JsonNode trigger, TriggerObjects objects, Sensors found) {
        this.sensor = sensor;
        this.trigger = trigger;
        this.objects = objects;
        this.found = found;
        this.namespace = objects.namespace(sensor);
        this.template = Json.copy(trigger.path("template"));
        this.type = template.path(K8S).isObject() ? K8S : ARGO_WORKFLOW;
        this.path = path + ".template." + type;
    }

    /** Reads the trigger; reports what is over the budget of the run. */
    void read() {
        try {
            trigger();
        } catch (OverBudget e) {
            Budget.current().leftOut("the workflow of " + described(), e);
        }
    }

    private void trigger() {
        values.set(template, trigger.path("parameters"), this::kindInTemplate);
        String operation = Objects.text(template, type, "operation");
        Operation makes = (type.equals(K8S) ? OF_K8S : OF_ARGO_WORKFLOW).get(operation);
        if (makes == null && values.areIn(operation)) {
            values.open(type + ".operation");
        }
        boolean isOther = values.open().stream().allMatch(each -> each.startsWith(type + ".source.resource."))
                && (makes == null || isOtherObject());
        if (!template.path(type).isObject() || isOther || isOpen() || makes == null) {
            return;
        }
        source(template.path(type).path("source"))
                .filter(document -> type.equals(ARGO_WORKFLOW)
                        || isWorkflow(document.root())
                        || values.areIn(document.apiVersion() + document.kind()))
                .ifPresent(document -> object(document, makes));
    }

    /** Returns whether the trigger has an object in it that is no workflow. */
    private boolean isOtherObject() {
        JsonNode source = template.path(type).path("source");
        JsonNode object = source.path(place(source));
        return type.equals(K8S)
                && object.isObject()
                && object == source.path(RESOURCE)
                && !isWorkflow(object)
                && !values.areIn(Objects.text(object, "apiVersion") + Objects.text(object, "kind"));
    }

    private static boolean isWorkflow(JsonNode object) {
        return Objects.text(object, "apiVersion").startsWith("argoproj.io/")
                && KINDS.contains(Objects.text(object, "kind"));
    }

    /** The kind of a field of the trigger's template; empty for all but those of the workflow in it. */
    private Optional<Kind> kindInTemplate(List<String> field) {
        List<String> resource = List.of(type, "source", "resource");
        int length = resource.size();
        return field.size() > length && field.subList(0, length).equals(resource)
                ? ArgoFields.at(
                        Objects.text(template, type, "source", "resource", "kind"), field.subList(length, field.size()))
                : Optional.empty();
    }

    /** Returns whether an event decides more than texts; reports that the workflow is not known. */
    private boolean isOpen() {
        values.open().stream().findFirst().ifPresent(first -> unread("an event decides " + EventValues.shown(first)));
        return !values.open().isEmpty();
    }

    private static String place(JsonNode source) {
        return SOURCES.stream()
                .filter(each -> Json.isSet(source, each))
                .findFirst()
                .orElse(RESOURCE);
    }

    private Optional<Document> source(JsonNode source) {
        String place = place(source);
        JsonNode content = source.path(place);
        String at = path + ".source." + place;
        return switch (place) {
            case "inline" -> inline(content.asText(""), at);
            case RESOURCE ->
                sensor.inner(at)
                        .map(document -> content instanceof ObjectNode changed ? document.with(changed) : document);
            case "configmap" -> inConfigMap(Objects.text(content, "name"), Objects.text(content, "key"), at);
            default -> {
                unread("its source is " + place + ", which Argo Events reads when an event comes; give the file of the"
                        + " workflow to have it checked");
                yield Optional.empty();
            }
        };
    }

    private Optional<Document> inline(String text, String at) {
        return isOpenAt(text, at)
                ? Optional.empty()
                : document(TriggerObjects.first("The inline workflow", text, sensor.locate(at)), at);
    }

    /** The document of a text; reports the reason if there is none. */
    private Optional<Document> document(Fact<Optional<Document>> read, String at) {
        return read.fold(known -> known, unknown -> {
            problem(Problem.Kind.REFUSED, at, unknown.reason());
            return Optional.empty();
        });
    }

    /** Returns whether an event decides a text; reports that the workflow is not known. */
    private boolean isOpenAt(String text, String at) {
        boolean isOpen = values.areIn(text);
        if (isOpen) {
            values.open(at);
            isOpen();
        }
        return isOpen;
    }

    /** The ConfigMap is a volume of the Sensor's pod, so it is in the Sensor's namespace. */
    private Optional<Document> inConfigMap(String name, String key, String at) {
        if (isOpenAt(name + key, at)) {
            return Optional.empty();
        }
        return objects.configMap(namespace, name)
                .fold(
                        map -> {
                            if (map.isPresent()
                                    && map.get().root().path("data").path(key).isTextual()) {
                                return in(map.get(), key, at);
                            }
                            problem(
                                    Problem.Kind.MISSING_REFERENCE,
                                    at,
                                    "ConfigMap \"" + name + "\" "
                                            + (map.isPresent() ? "does not have the key '" + key + "'" : "not found"));
                            return Optional.empty();
                        },
                        unknown -> {
                            found.add(new Unavailable(
                                    "the workflow of " + described() + " (key " + key + " of ConfigMap " + name
                                            + " in namespace " + namespace + ")",
                                    unknown.reason(),
                                    unknown.missingRight(),
                                    true));
                            return Optional.empty();
                        });
    }

    /**
     * The workflow in a key. A ConfigMap of the cluster can hold anything: of what is no workflow, no content is
     * reported.
     */
    private Optional<Document> in(Document map, String key, String at) {
        Fact<Optional<Document>> read = objects.document(map, key);
        if (map.isInFile()) {
            return document(read, at);
        }
        Optional<Document> workflow = read.ifKnown().flatMap(known -> known).filter(FieldWalk::reads);
        boolean isOther = type.equals(K8S) && read.ifKnown().isPresent();
        if (workflow.isEmpty() && !isOther) {
            problem(Problem.Kind.REFUSED, at, "ConfigMap " + map.name() + ", key " + key + ", is no workflow");
        }
        return workflow.map(each -> Document.of("key " + key + " of " + map.file(), each.root()));
    }

    private void object(Document document, Operation operation) {
        Budget.current().charge(Limit.NODES, 1 + document.values() / SHARED);
        ObjectNode object = document.root().deepCopy();
        if (operation == Operation.SUBMIT) {
            // The argo command takes whatever it submits as a Workflow.
            object.put("apiVersion", Resource.WORKFLOWS.apiVersion()).put("kind", Resource.WORKFLOWS.kind());
        }
        String kind = Objects.text(object, "kind");
        values.set(object, template.path(type).path("parameters"), field -> ArgoFields.at(kind, field));
        SubmitArguments arguments = operation == Operation.CREATE
                ? SubmitArguments.NONE
                : SubmitArguments.of(template.path(type).path("args"), values::areIn);
        JsonNode metadata = object.path("metadata");
        boolean isReadable = metadata.isMissingNode() || metadata.isObject();
        String given = arguments.namespace();
        boolean isSubmittedFrom = operation == Operation.SUBMIT_FROM && !given.isEmpty();
        if (isReadable && (isSubmittedFrom || Objects.namespace(object).isEmpty())) {
            Objects.metadata(object).put("namespace", given.isEmpty() ? namespace : given);
        }
        for (String field : List.of("apiVersion", "kind", "metadata.namespace")) {
            if (values.areIn(FieldPath.at(object, field).asText(""))) {
                values.open(field);
            }
        }
        if (isOpen()) {
            return;
        }
        if (operation == Operation.SUBMIT_FROM) {
            from(document, object, arguments);
            return;
        }
        if (isReadable && !metadata.has("labels") || metadata.path("labels").isObject()) {
            Json.objectOf(Objects.metadata(object), "labels")
                    .put("events.argoproj.io/sensor", sensor.name())
                    .put("events.argoproj.io/trigger", name());
        }
        if (object.get("spec") instanceof ObjectNode spec) {
            arguments.fields().forEach(spec::put);
        }
        reportOpenFields();
        add(FieldWalk.meant(document.with(objects.compact(object))), false, operation, arguments);
    }

    private void reportOpenFields() {
        List<String> fields = values.openFields();
        if (!fields.isEmpty()) {
            unread(
                    fields.get(0) + (fields.size() == 1 ? "" : " and " + (fields.size() - 1) + " other fields")
                            + " in the workflow of " + described(),
                    "an event decides the value; the rest of the workflow is checked");
        }
    }

    /** Reads what is submitted. Source: argo-workflows server/workflow/workflow_server.go (SubmitWorkflow). */
    private void from(Document document, ObjectNode object, SubmitArguments arguments) {
        String kind = Objects.text(object, "kind");
        String name = Objects.name(object);
        String in = Objects.namespace(object);
        if (name.isEmpty()) {
            problem(
                    Problem.Kind.REFUSED,
                    path + ".source",
                    "failed to execute the workflow submit-from operation, no name is given");
        } else if (values.areIn(name)) {
            values.open("metadata.name");
            isOpen();
        } else if (kind.equalsIgnoreCase(Resource.WORKFLOW_TEMPLATES.kind())) {
            ObjectNode run = Objects.of(Resource.WORKFLOWS, in, "");
            Objects.metadata(run).put("generateName", name + "-");
            ObjectNode spec = run.putObject("spec");
            spec.putObject("workflowTemplateRef").put("name", name);
            arguments.fields().forEach(spec::put);
            add(document.with(run), false, Operation.SUBMIT_FROM, arguments);
        } else if (kind.equalsIgnoreCase(Resource.CRON_WORKFLOWS.kind())) {
            cron(in, name, arguments);
        } else {
            problem(Problem.Kind.REFUSED, path + ".source", "invalid kind " + kind);
        }
    }

    private void cron(String in, String name, SubmitArguments arguments) {
        arguments.fields().keySet().forEach(this::unreadArgument);
        Optional<Document> given = objects.givenCronWorkflow(in, name);
        if (given.isPresent()) {
            add(given.get(), true, Operation.SUBMIT_FROM, arguments);
            return;
        }
        Fact<Optional<Document>> cron = objects.cronWorkflow(in, name);
        cron.ifUnknown()
                .ifPresent(unknown -> found.add(new Unavailable(
                        "the workflow of " + described() + " (CronWorkflow " + name + " in namespace " + in + ")",
                        unknown.reason(),
                        unknown.missingRight(),
                        true)));
        cron.ifKnown()
                .ifPresent(known -> known.ifPresentOrElse(
                        document -> add(document, false, Operation.SUBMIT_FROM, arguments),
                        () -> problem(
                                Problem.Kind.MISSING_REFERENCE,
                                path + ".source",
                                "CronWorkflow \"" + name + "\" not found")));
    }

    private void add(Document document, boolean isGiven, Operation operation, SubmitArguments arguments) {
        arguments.unread().forEach(this::unreadArgument);
        boolean awaited = !trigger.path("policy").path(K8S).path("labels").isEmpty();
        found.add(
                document,
                isGiven,
                new SensorTrigger(
                        sensor, namespace, name(), operation, awaited, arguments.parameters(), values.variables()));
    }

    private void unreadArgument(String argument) {
        unread(
                "argument " + EventValues.shown(argument) + " of " + described(),
                "the workflow is checked without what the argument changes");
    }

    private String name() {
        return Objects.text(template, "name");
    }

    private String described() {
        return SensorTrigger.described(name(), sensor);
    }

    private void problem(Problem.Kind kind, String at, String message) {
        found.add(new Problem(kind, sensor, at, message + " (" + described() + ")"));
    }

    private void unread(String reason) {
        unread("the workflow of " + described(), reason);
    }

    private void unread(String what, String reason) {
        found.add(new Unavailable(what, reason, Optional.empty(), true));
    }
}
