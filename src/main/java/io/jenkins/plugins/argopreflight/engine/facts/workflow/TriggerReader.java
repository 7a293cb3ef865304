package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.argo.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.SensorTrigger.Operation;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
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

    /** The type of trigger for any object. Argo Events uses it if a template has several types. */
    private static final String K8S = "k8s";

    private static final String ARGO_WORKFLOW = "argoWorkflow";

    /** The operations of a k8s trigger that create a workflow, by name; {@code ""} for the default. */
    private static final Map<String, Operation> K8S_OPERATIONS =
            Map.of("", Operation.CREATE, "create", Operation.CREATE);

    /** The operations of an argoWorkflow trigger that create a workflow, by name; {@code ""} for the default. */
    private static final Map<String, Operation> ARGO_WORKFLOW_OPERATIONS =
            Map.of("", Operation.SUBMIT, "submit", Operation.SUBMIT, "submit-from", Operation.SUBMIT_FROM);

    /** The number of values of an object for which its copy is charged one. The copies of objects share equal parts. */
    private static final int VALUES_PER_COPIED_VALUE = 4;

    /**
     * The kinds with workflows that a k8s trigger creates. ClusterWorkflowTemplate is not among them, since the trigger
     * has a namespace.
     */
    private static final Set<String> WORKFLOW_KINDS = Set.of("Workflow", "CronWorkflow", "WorkflowTemplate");

    /** The fields of a source. Argo Events uses the first that is set. */
    private static final List<String> SOURCES = List.of("s3", "inline", "file", "url", "git", "configmap", RESOURCE);

    private final Document sensor;
    private final JsonNode trigger;
    private final TriggerObjects objects;
    private final Sensors sensors;
    private final String namespace;
    private final ObjectNode template;
    private final String type;
    private final String path;
    /** The values from the event. A destination is the path of a field that an event sets. */
    private final EventValues values = new EventValues();

    /**
     * Creates a reader.
     *
     * @param path the path of the trigger in the Sensor
     */
    TriggerReader(Document sensor, String path, JsonNode trigger, TriggerObjects objects, Sensors sensors) {
        this.sensor = sensor;
        this.trigger = trigger;
        this.objects = objects;
        this.sensors = sensors;
        this.namespace = objects.namespace(sensor);
        this.template = Json.copy(trigger.path("template"));
        this.type = template.path(K8S).isObject() ? K8S : ARGO_WORKFLOW;
        this.path = path + ".template." + type;
    }

    /** Reads the trigger. Reports the workflow as left out if the budget of the run is exceeded. */
    void read() {
        try {
            readTrigger();
        } catch (OverBudget e) {
            Budget.current().leftOut("the workflow of " + description(), e);
        }
    }

    private void readTrigger() {
        values.set(template, trigger.path("parameters"), this::kindInTemplate);
        String operation = Json.text(template, type, "operation");
        Operation creates = (type.equals(K8S) ? K8S_OPERATIONS : ARGO_WORKFLOW_OPERATIONS).get(operation);
        if (creates == null && values.hasVariable(operation)) {
            values.addUnknownDestination(type + ".operation");
        }
        boolean createsNoWorkflow =
                values.unknownDestinations().stream().allMatch(each -> each.startsWith(type + ".source.resource."))
                        && (creates == null || containsOtherObject());
        if (!template.path(type).isObject() || createsNoWorkflow || reportIfUnknown() || creates == null) {
            return;
        }
        findDocument(template.path(type).path("source"))
                .filter(document -> type.equals(ARGO_WORKFLOW)
                        || isWorkflow(document.root())
                        || values.hasVariable(document.apiVersion() + document.kind()))
                .ifPresent(document -> readObject(document, creates));
    }

    /** Returns whether the trigger contains an object that is not a workflow. */
    private boolean containsOtherObject() {
        JsonNode source = template.path(type).path("source");
        JsonNode object = source.path(sourceField(source));
        return type.equals(K8S)
                && object.isObject()
                && object == source.path(RESOURCE)
                && !isWorkflow(object)
                && !values.hasVariable(Json.text(object, "apiVersion") + Json.text(object, "kind"));
    }

    private static boolean isWorkflow(JsonNode object) {
        return Json.text(object, "apiVersion").startsWith("argoproj.io/")
                && WORKFLOW_KINDS.contains(Json.text(object, "kind"));
    }

    /**
     * Returns the type of the value of a field, if the field is in the workflow in the trigger's template; empty for
     * other fields of the template.
     */
    private Optional<Kind> kindInTemplate(List<String> field) {
        List<String> resource = List.of(type, "source", "resource");
        int length = resource.size();
        return field.size() > length && field.subList(0, length).equals(resource)
                ? ArgoFields.at(
                        Json.text(template, type, "source", "resource", "kind"), field.subList(length, field.size()))
                : Optional.empty();
    }

    /**
     * Reports a workflow that cannot be checked, because an event decides a field that all of it depends on, or that a
     * variable cannot represent. Returns whether this is so.
     */
    private boolean reportIfUnknown() {
        values.unknownDestinations().stream()
                .findFirst()
                .ifPresent(first -> addUnchecked("an event decides " + EventValues.shown(first)));
        return !values.unknownDestinations().isEmpty();
    }

    private static String sourceField(JsonNode source) {
        return SOURCES.stream()
                .filter(each -> Json.isSet(source, each))
                .findFirst()
                .orElse(RESOURCE);
    }

    private Optional<Document> findDocument(JsonNode source) {
        String field = sourceField(source);
        JsonNode content = source.path(field);
        String fieldPath = path + ".source." + field;
        return switch (field) {
            case "inline" -> inlineDocument(Json.text(content), fieldPath);
            case RESOURCE ->
                sensor.subdocument(fieldPath)
                        .map(document -> content instanceof ObjectNode changed ? document.with(changed) : document);
            case "configmap" -> inConfigMap(Json.text(content, "name"), Json.text(content, "key"), fieldPath);
            default -> {
                addUnchecked(
                        "its source is " + field + ", which Argo Events reads when an event comes; give the file of the"
                                + " workflow to have it checked");
                yield Optional.empty();
            }
        };
    }

    private Optional<Document> inlineDocument(String text, String fieldPath) {
        return reportIfUnknownAt(text, fieldPath)
                ? Optional.empty()
                : documentOrReport(
                        TriggerObjects.firstDocument("The inline workflow", text, sensor.locate(fieldPath)), fieldPath);
    }

    /** Returns the document of a text; reports the reason if there is none. */
    private Optional<Document> documentOrReport(Fact<Optional<Document>> read, String fieldPath) {
        return read.fold(known -> known, unknown -> {
            addProblem(Problem.Kind.REFUSED, fieldPath, unknown.reason());
            return Optional.empty();
        });
    }

    /** Reports a workflow that is unknown because a text depends on an event. Returns whether the text does. */
    private boolean reportIfUnknownAt(String text, String fieldPath) {
        boolean isUnknown = values.hasVariable(text);
        if (isUnknown) {
            values.addUnknownDestination(fieldPath);
            reportIfUnknown();
        }
        return isUnknown;
    }

    /** Returns the workflow in a ConfigMap of the Sensor's namespace: the ConfigMap is a volume of the Sensor's pod. */
    private Optional<Document> inConfigMap(String name, String key, String fieldPath) {
        if (reportIfUnknownAt(name + key, fieldPath)) {
            return Optional.empty();
        }
        return objects.configMap(namespace, name)
                .fold(
                        map -> {
                            if (map.isPresent()
                                    && map.get().root().path("data").path(key).isTextual()) {
                                return documentInKey(map.get(), key, fieldPath);
                            }
                            addProblem(
                                    Problem.Kind.MISSING_REFERENCE,
                                    fieldPath,
                                    "ConfigMap \"" + name + "\" "
                                            + (map.isPresent() ? "does not have the key '" + key + "'" : "not found"));
                            return Optional.empty();
                        },
                        unknown -> {
                            sensors.add(Unavailable.requested(
                                    "the workflow of " + description() + " (key " + key + " of ConfigMap " + name
                                            + " in namespace " + namespace + ")",
                                    unknown.reason(),
                                    unknown.missingRight()));
                            return Optional.empty();
                        });
    }

    /**
     * Returns the workflow in a key. A ConfigMap of the cluster can contain anything, such as a password. Therefore the
     * report on a key that is not a workflow does not quote it.
     */
    private Optional<Document> documentInKey(Document map, String key, String fieldPath) {
        Fact<Optional<Document>> read = objects.document(map, key);
        if (map.isInFile()) {
            return documentOrReport(read, fieldPath);
        }
        Optional<Document> workflow = read.ifKnown().flatMap(known -> known).filter(FieldWalk::reads);
        // A k8s trigger can also create an object that is not a workflow.
        boolean isOtherObject = type.equals(K8S) && read.ifKnown().isPresent();
        if (workflow.isEmpty() && !isOtherObject) {
            addProblem(
                    Problem.Kind.REFUSED, fieldPath, "ConfigMap " + map.name() + ", key " + key + ", is no workflow");
        }
        return workflow.map(each -> Document.of("key " + key + " of " + map.file(), each.root()));
    }

    /** Adds the workflow that the trigger creates from a document, with the values of its parameters and arguments. */
    private void readObject(Document document, Operation operation) {
        Budget.current().charge(Limit.NODES, 1 + document.valueCount() / VALUES_PER_COPIED_VALUE);
        ObjectNode object = document.root().deepCopy();
        if (operation == Operation.SUBMIT) {
            // The argo command submits each object as a Workflow.
            object.put("apiVersion", Resource.WORKFLOWS.apiVersion()).put("kind", Resource.WORKFLOWS.kind());
        }
        String kind = Json.text(object, "kind");
        values.set(object, template.path(type).path("parameters"), field -> ArgoFields.at(kind, field));
        SubmitArguments arguments = operation == Operation.CREATE
                ? SubmitArguments.NONE
                : SubmitArguments.of(template.path(type).path("args"), values::hasVariable);
        JsonNode metadata = object.path("metadata");
        boolean isReadable = metadata.isMissingNode() || metadata.isObject();
        String submitNamespace = arguments.namespace();
        boolean isSubmittedFrom = operation == Operation.SUBMIT_FROM && !submitNamespace.isEmpty();
        if (isReadable && (isSubmittedFrom || KubeObjects.namespace(object).isEmpty())) {
            KubeObjects.metadata(object).put("namespace", submitNamespace.isEmpty() ? namespace : submitNamespace);
        }
        for (String field : List.of("apiVersion", "kind", "metadata.namespace")) {
            if (values.hasVariable(Json.text(FieldPath.at(object, field)))) {
                values.addUnknownDestination(field);
            }
        }
        if (reportIfUnknown()) {
            return;
        }
        if (operation == Operation.SUBMIT_FROM) {
            submitFrom(document, object, arguments);
            return;
        }
        if (isReadable && !metadata.has("labels") || metadata.path("labels").isObject()) {
            Json.objectOf(KubeObjects.metadata(object), "labels")
                    .put("events.argoproj.io/sensor", sensor.name())
                    .put("events.argoproj.io/trigger", name());
        }
        if (object.get("spec") instanceof ObjectNode spec) {
            arguments.fields().forEach(spec::put);
        }
        reportUnknownFields();
        Document created = FieldWalk.corrected(document.with(objects.compact(object)));
        sensors.add(created, sensorTrigger(operation, arguments));
    }

    private void reportUnknownFields() {
        List<String> fields = values.unknownFields();
        if (!fields.isEmpty()) {
            addUnchecked(
                    fields.get(0) + (fields.size() == 1 ? "" : " and " + (fields.size() - 1) + " other fields")
                            + " in the workflow of " + description(),
                    "an event decides the value; the rest of the workflow is checked");
        }
    }

    /**
     * Adds the workflow that is submitted from a template. Source: argo-workflows server/workflow/workflow_server.go
     * (SubmitWorkflow).
     */
    private void submitFrom(Document document, ObjectNode object, SubmitArguments arguments) {
        String kind = Json.text(object, "kind");
        String name = KubeObjects.name(object);
        String namespaceOfObject = KubeObjects.namespace(object);
        if (name.isEmpty()) {
            addProblem(
                    Problem.Kind.REFUSED,
                    path + ".source",
                    "failed to execute the workflow submit-from operation, no name is given");
        } else if (values.hasVariable(name)) {
            values.addUnknownDestination("metadata.name");
            reportIfUnknown();
        } else if (kind.equalsIgnoreCase(Resource.WORKFLOW_TEMPLATES.kind())) {
            ObjectNode workflow = KubeObjects.of(Resource.WORKFLOWS, namespaceOfObject, "");
            KubeObjects.metadata(workflow).put("generateName", name + "-");
            ObjectNode spec = workflow.putObject("spec");
            spec.putObject("workflowTemplateRef").put("name", name);
            arguments.fields().forEach(spec::put);
            sensors.add(document.with(workflow), sensorTrigger(Operation.SUBMIT_FROM, arguments));
        } else if (kind.equalsIgnoreCase(Resource.CRON_WORKFLOWS.kind())) {
            submitCron(namespaceOfObject, name, arguments);
        } else {
            addProblem(Problem.Kind.REFUSED, path + ".source", "invalid kind " + kind);
        }
    }

    private void submitCron(String cronNamespace, String name, SubmitArguments arguments) {
        arguments.fields().keySet().forEach(this::addUncheckedArgument);
        Optional<Document> inFiles = objects.givenCronWorkflow(cronNamespace, name);
        if (inFiles.isPresent()) {
            sensors.addTrigger(inFiles.get(), sensorTrigger(Operation.SUBMIT_FROM, arguments));
            return;
        }
        Fact<Optional<Document>> cron = objects.cronWorkflow(cronNamespace, name);
        cron.ifUnknown()
                .ifPresent(unknown -> sensors.add(Unavailable.requested(
                        "the workflow of " + description() + " (CronWorkflow " + name + " in namespace " + cronNamespace
                                + ")",
                        unknown.reason(),
                        unknown.missingRight())));
        cron.ifKnown()
                .ifPresent(known -> known.ifPresentOrElse(
                        document -> sensors.add(document, sensorTrigger(Operation.SUBMIT_FROM, arguments)),
                        () -> addProblem(
                                Problem.Kind.MISSING_REFERENCE,
                                path + ".source",
                                "CronWorkflow \"" + name + "\" not found")));
    }

    /** Returns the trigger of a workflow, and reports the arguments that are not read. */
    private SensorTrigger sensorTrigger(Operation operation, SubmitArguments arguments) {
        arguments.unread().forEach(this::addUncheckedArgument);
        boolean awaited = !trigger.path("policy").path(K8S).path("labels").isEmpty();
        return new SensorTrigger(
                sensor, namespace, name(), operation, awaited, arguments.parameters(), values.variables());
    }

    private void addUncheckedArgument(String argument) {
        addUnchecked(
                "argument " + EventValues.shown(argument) + " of " + description(),
                "the workflow is checked without what the argument changes");
    }

    private String name() {
        return Json.text(template, "name");
    }

    private String description() {
        return SensorTrigger.description(name(), sensor);
    }

    private void addProblem(Problem.Kind kind, String fieldPath, String message) {
        sensors.add(new Problem(kind, sensor, fieldPath, message + " (" + description() + ")"));
    }

    /** Reports that the workflow of the trigger could not be checked. */
    private void addUnchecked(String reason) {
        addUnchecked("the workflow of " + description(), reason);
    }

    /** Reports that a fact could not be checked. */
    private void addUnchecked(String fact, String reason) {
        sensors.add(Unavailable.requested(fact, reason, Optional.empty()));
    }
}
