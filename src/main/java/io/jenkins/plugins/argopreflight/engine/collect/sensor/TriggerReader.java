package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.sensor.SensorTrigger.Operation;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields;
import io.jenkins.plugins.argopreflight.engine.workflow.field.ArgoFields.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One trigger of a Sensor, read as Argo Events executes it. Source: argo-events pkg/sensors/triggers (argo-workflow,
 * standard-k8s), pkg/sensors/artifacts, pkg/apis/events/v1alpha1/sensor_types.go.
 */
final class TriggerReader {

    /** The trigger for any object, which counts where there are several. */
    private static final String K8S = "k8s";

    private static final String ARGO_WORKFLOW = "argoWorkflow";

    /** The operations of a k8s trigger that make a workflow; "" for the default. */
    private static final Map<String, Operation> OF_K8S = Map.of("", Operation.CREATE, "create", Operation.CREATE);

    /** The same of an argoWorkflow trigger. */
    private static final Map<String, Operation> OF_ARGO_WORKFLOW =
            Map.of("", Operation.SUBMIT, "submit", Operation.SUBMIT, "submit-from", Operation.SUBMIT_FROM);

    /** The kinds of the k8s trigger that make workflows; it has a namespace, so no ClusterWorkflowTemplate. */
    private static final Set<String> KINDS = Set.of("Workflow", "CronWorkflow", "WorkflowTemplate");

    /** Argo Events takes the first that is there. */
    private static final List<String> SOURCES = List.of("s3", "inline", "file", "url", "git", "configmap", "resource");

    private static final Pattern PARAMETER = Pattern.compile("(?s)(?:-p=?|--parameter(?:=|$))(.*)");

    private static final Pattern OTHER_CHANGE =
            Pattern.compile("(?s)(-f|-n|--parameter-file|--entrypoint|--serviceaccount|--namespace)(=.*)?");

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

    void read() {
        values.set(template, trigger.path("parameters"), this::kindInTemplate);
        String operation = Objects.text(template, type, "operation");
        Operation makes = (type.equals(K8S) ? OF_K8S : OF_ARGO_WORKFLOW).get(operation);
        if (makes == null && values.areIn(operation)) {
            values.open(type + ".operation");
        }
        boolean judged = template.path(type).isObject()
                && (makes != null || !values.open().isEmpty());
        if (!judged || isOpen() || makes == null) {
            return;
        }
        source(template.path(type).path("source"))
                .filter(document -> type.equals(ARGO_WORKFLOW)
                        || document.apiVersion().startsWith("argoproj.io/") && KINDS.contains(document.kind()))
                .ifPresent(document -> object(document, makes));
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

    /** Whether an event decides more than texts; reports that the workflow is not known. */
    private boolean isOpen() {
        values.open().stream()
                .findFirst()
                .ifPresent(first -> found.add(new Unavailable(
                        "the workflow of " + described(), "an event decides " + first, Optional.empty(), false)));
        return !values.open().isEmpty();
    }

    private Optional<Document> source(JsonNode source) {
        String place = SOURCES.stream()
                .filter(each -> Json.isSet(source, each))
                .findFirst()
                .orElse("resource");
        JsonNode content = source.path(place);
        String at = path + ".source." + place;
        return switch (place) {
            case "inline" -> parsed(content.asText(), sensor.locate(at), at);
            case "resource" ->
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

    /** Argo Events takes the first document of a text. */
    private Optional<Document> parsed(String text, Location location, String at) {
        if (values.areIn(text)) {
            values.open(at);
            isOpen();
            return Optional.empty();
        }
        int above = text.contains("\n") ? location.line() : location.line() - 1;
        try {
            return new ManifestReader()
                    .read(at, text).stream()
                            .findFirst()
                            .map(document -> document.below(location.file(), Math.max(above, 0)));
        } catch (ManifestException e) {
            problem(Problem.Kind.REFUSED, at, "failed to fetch artifact: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The ConfigMap is a volume of the Sensor's pod, so it is in the Sensor's namespace. */
    private Optional<Document> inConfigMap(String name, String key, String at) {
        if (values.areIn(name + key)) {
            values.open(at);
            isOpen();
            return Optional.empty();
        }
        return objects.configMap(namespace, name)
                .fold(
                        map -> {
                            JsonNode text = map.<JsonNode>map(Document::root)
                                    .orElse(template)
                                    .path("data")
                                    .path(key);
                            if (map.isPresent() && text.isTextual()) {
                                return in(map.get(), key, text.asText(), at);
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

    private Optional<Document> in(Document map, String key, String text, String at) {
        Optional<Document> document = parsed(text, map.locate(FieldPath.field("data", key)), at);
        return map.isInFile()
                ? document
                : document.map(each -> Document.of("key " + key + " of " + map.file(), each.root()));
    }

    private void object(Document document, Operation operation) {
        ObjectNode object = document.root().deepCopy();
        if (operation == Operation.SUBMIT) {
            // The argo command takes whatever it submits as a Workflow.
            object.put("apiVersion", Resource.WORKFLOWS.apiVersion()).put("kind", Resource.WORKFLOWS.kind());
        }
        String kind = Objects.text(object, "kind");
        values.set(object, template.path(type).path("parameters"), field -> ArgoFields.at(kind, field));
        JsonNode metadata = object.path("metadata");
        boolean isReadable = metadata.isMissingNode() || metadata.isObject();
        if (isReadable && Objects.namespace(object).isEmpty()) {
            Objects.metadata(object).put("namespace", namespace);
        }
        for (String field : List.of("apiVersion", "kind", "metadata.namespace")) {
            if (values.areIn(FieldPath.at(object, field).asText())) {
                values.open(field);
            }
        }
        if (isOpen()) {
            return;
        }
        if (operation == Operation.SUBMIT_FROM) {
            from(document, object);
            return;
        }
        if (isReadable && !metadata.has("labels") || metadata.path("labels").isObject()) {
            Json.objectOf(Objects.metadata(object), "labels")
                    .put("events.argoproj.io/sensor", sensor.name())
                    .put("events.argoproj.io/trigger", name());
        }
        add(FieldWalk.meant(document.with(object)), false, operation);
    }

    /** Source: argo-workflows server/workflow/workflow_server.go (SubmitWorkflow). */
    private void from(Document document, ObjectNode object) {
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
            run.putObject("spec").putObject("workflowTemplateRef").put("name", name);
            add(document.with(run), false, Operation.SUBMIT_FROM);
        } else if (kind.equalsIgnoreCase(Resource.CRON_WORKFLOWS.kind())) {
            cron(in, name);
        } else {
            problem(Problem.Kind.REFUSED, path + ".source", "invalid kind " + kind);
        }
    }

    private void cron(String in, String name) {
        Optional<Document> given = objects.givenCronWorkflow(in, name);
        if (given.isPresent()) {
            add(given.get(), true, Operation.SUBMIT_FROM);
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
                        document -> add(document, false, Operation.SUBMIT_FROM),
                        () -> problem(
                                Problem.Kind.MISSING_REFERENCE,
                                path + ".source",
                                "CronWorkflow \"" + name + "\" not found")));
    }

    private void add(Document document, boolean isGiven, Operation operation) {
        boolean awaited = !trigger.path("policy").path(K8S).path("labels").isEmpty();
        found.add(
                document,
                isGiven,
                new SensorTrigger(sensor, namespace, name(), operation, awaited, parameters(), values.variables()));
    }

    /** The parameters among the arguments of {@code argo submit}; reports what else changes the workflow. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        JsonNode arguments = template.path(type).path("args");
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.path(i).asText();
            Matcher parameter = PARAMETER.matcher(argument);
            if (parameter.matches()) {
                String value =
                        parameter.group(1).isEmpty() ? arguments.path(++i).asText() : parameter.group(1);
                int equals = value.indexOf('=');
                if (equals > 0) {
                    parameters.put(value.substring(0, equals), value.substring(equals + 1));
                }
            } else if (OTHER_CHANGE.matcher(argument).matches()) {
                found.add(new Unavailable(
                        "argument " + argument + " of " + described(),
                        "the workflow is checked without what the argument changes",
                        Optional.empty(),
                        false));
            }
        }
        return parameters;
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
        found.add(new Unavailable("the workflow of " + described(), reason, Optional.empty(), true));
    }
}
