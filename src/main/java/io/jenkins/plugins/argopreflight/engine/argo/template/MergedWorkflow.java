package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.field.Shapes;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.Reason;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workflow as Argo executes it: merged with the template to which it refers and the controller's defaults. Source:
 * argo-workflows workflow/controller/operator.go (setExecWorkflow, setStoredWfSpec).
 */
public final class MergedWorkflow {

    private static final String NOT_PERMITTED =
            " not permitted when using workflowTemplateRef with templateReferencing restriction";

    private final SubmittedWorkflow submitted;
    private final Controller controller;
    private final DistinctProblems problems;
    private final ObjectNode metadata;
    private final TemplateHolder holder;
    /** The specs that are merged, with descending priority. */
    private final List<Layer> layers = new ArrayList<>();

    private ObjectNode spec;
    private JsonNode unsubstituted;
    private boolean isResolved = true;

    /** A spec that is merged into the workflow. */
    public record Layer(FieldSource source, Document document, String path, JsonNode spec) {}

    MergedWorkflow(PodRequest request, SubmittedWorkflow submitted, DistinctProblems problems) {
        this.submitted = submitted;
        this.controller = request.controller();
        this.problems = problems;
        JsonNode defaults = Shapes.clean(controller.workflowDefaults());
        layers.add(new Layer(FieldSource.WORKFLOW_SPEC, submitted.document(), submitted.specPath(), submitted.spec()));
        JsonNode reference = submitted.spec().path("workflowTemplateRef");
        ObjectNode merged = Json.object();
        merged.set("metadata", submitted.metadata());
        if (reference.isObject()) {
            Document template = findTemplate(request, reference);
            JsonNode templateSpec = template == null
                    ? Json.object()
                    : Shapes.clean(template.root().path("spec"));
            isResolved = template != null;
            if (template != null) {
                layers.add(new Layer(FieldSource.WORKFLOW_SPEC, template, "spec", templateSpec));
            }
            JsonNode ownSpec = controller.mustUseReference() ? permittedSpec() : submitted.spec();
            ObjectNode defaultMetadata = Json.object();
            defaultMetadata.set("metadata", Json.copy(defaults.path("metadata")));
            merged = StrategicMerge.merge(defaultMetadata, merged, "Workflow");
            spec = SpecMerge.join(ownSpec, templateSpec, Json.copy(defaults.path("spec")));
        } else {
            if (controller.mustUseReference()) {
                refuse(
                        "",
                        "workflows must use workflowTemplateRef to be executed when the controller is in reference"
                                + " mode (workflowRestrictions.templateReferencing)");
            }
            merged.set("spec", submitted.spec());
            merged = SpecMerge.merge(defaults, merged, "Workflow");
            spec = Json.objectOf(merged, "spec");
        }
        layers.add(new Layer(
                FieldSource.WORKFLOW_DEFAULTS,
                controller.configMap(),
                controller.path("workflowDefaults") + ".spec",
                defaults.path("spec")));
        this.unsubstituted = spec;
        this.metadata = Json.objectOf(merged, "metadata");
        this.holder = new TemplateHolder("", spec);
        for (Layer layer : layers) {
            holder.add(layer.document(), layer.path(), layer.spec().path("templates"), spec.path("templates"));
        }
    }

    /**
     * Returns the template of workflowTemplateRef. If it does not exist or could not be read, reports a problem and
     * returns null.
     */
    private @Nullable Document findTemplate(PodRequest request, JsonNode reference) {
        boolean isClusterScope = reference.path("clusterScope").asBoolean();
        String kind = isClusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
        String name = Json.text(reference, "name");
        if (submitted.document().kind().equals(kind)
                && submitted.document().name().equals(name)) {
            return submitted.document();
        }
        Fact<Optional<Document>> fact = UnknownMarks.isIn(name)
                ? Fact.unknown("its name comes with an event")
                : request.objects().find(kind, isClusterScope ? "" : request.namespace(), name);
        return References.found(
                fact,
                kind,
                request,
                UnknownValues.show(name),
                submitted.document(),
                submitted.specPath() + ".workflowTemplateRef",
                problems::add);
    }

    /**
     * Returns the submitted spec with the fields that are permitted in reference mode. Sources:
     * workflow/controller/operator.go (setExecWorkflow), workflow/util/merge.go (ValidateUserOverrides).
     */
    private JsonNode permittedSpec() {
        ArgoVersion version = controller.version();
        if (!version.has(Behaviour.REFUSED_OVERRIDES)) {
            if (version.has(Behaviour.REFUSED_PATCH) && Json.has(submitted.spec(), "podSpecPatch")) {
                refuse(".podSpecPatch", "podSpecPatch is" + NOT_PERMITTED);
            }
            return submitted.spec();
        }
        ObjectNode permitted = Json.object();
        submitted.spec().properties().forEach(field -> {
            if (SpecMerge.OVERRIDES.contains(field.getKey())
                    || additionalOverrides().contains(field.getKey())) {
                permitted.set(field.getKey(), field.getValue());
            } else {
                refuseField(field.getKey());
            }
        });
        if (version.has(Behaviour.REFUSED_GC_OVERRIDES)
                && permitted.path("artifactGC").isObject()) {
            ObjectNode artifactGc = Json.copy(permitted.get("artifactGC"));
            for (String field : List.of("podSpecPatch", "serviceAccountName", "podMetadata")) {
                if (artifactGc.remove(field) != null) {
                    refuse(".artifactGC." + field, "fields [artifactGC." + field + "] are" + NOT_PERMITTED);
                }
            }
            permitted.set("artifactGC", artifactGc);
        }
        return permitted;
    }

    /** Returns the fields that the controller's environment adds to those that a workflow can set in reference mode. */
    private Set<String> additionalOverrides() {
        String list = controller.flags().environment().getOrDefault("WORKFLOW_USER_OVERRIDE_ALLOWLIST", "");
        return controller.version().has(Behaviour.OVERRIDE_ALLOWLIST)
                ? Stream.of(list.split(",")).map(String::strip).collect(Collectors.toSet())
                : Set.of();
    }

    private void refuseField(String field) {
        String message = "fields [" + field + "] are" + NOT_PERMITTED;
        Reason reason = controller.version().has(Behaviour.OVERRIDE_ALLOWLIST)
                ? controller.assumed().environment()
                : Reason.NONE;
        problems.add(reason.addTo(new Problem(
                reason.isEmpty() ? Problem.Kind.REFUSED : Problem.Kind.UNKNOWN_SETTING,
                submitted.document(),
                submitted.specPath() + "." + field,
                reason.isEmpty()
                        ? message
                        : message
                                + " unless WORKFLOW_USER_OVERRIDE_ALLOWLIST has it; the controller's environment was not"
                                + " read: " + reason.text())));
    }

    private void refuse(String path, String message) {
        String fieldPath = submitted.specPath() + path;
        problems.add(new Problem(Problem.Kind.REFUSED, submitted.document(), fieldPath, message));
    }

    /** Substitutes the variables in all fields except the templates, after the global parameters are known. */
    void substitute(Substitution substitution, Scope globals) {
        JsonNode templates = spec.remove("templates");
        unsubstituted = spec;
        spec = Json.copy(substitution.replace(spec, globals));
        if (templates != null) {
            spec.set("templates", templates);
        }
    }

    /** Returns whether the template of workflowTemplateRef was found. If not, nothing can be checked. */
    public boolean isResolved() {
        return isResolved;
    }

    ObjectNode spec() {
        return spec;
    }

    /** Returns the spec without substitution of variables. Templates are never substituted here. */
    public JsonNode unsubstituted() {
        return unsubstituted;
    }

    public ObjectNode metadata() {
        return metadata;
    }

    public TemplateHolder holder() {
        return holder;
    }

    public SubmittedWorkflow submitted() {
        return submitted;
    }

    public List<Layer> layers() {
        return layers;
    }

    /**
     * Returns the location of a field of the merged spec: in the spec of highest priority that has the field, else in
     * the submitted spec.
     *
     * @param path path below the spec, {@code artifactGC.podSpecPatch}
     */
    public DocumentField field(String path) {
        Layer layer = layerOf(path);
        return new DocumentField(layer.document(), layer.path() + "." + path);
    }

    /** Returns the spec of highest priority that has a field, else the submitted spec. */
    public Layer layerOf(String path) {
        return layers.stream()
                .filter(each -> !FieldPath.at(each.spec(), path).isMissingNode())
                .findFirst()
                .orElse(layers.get(0));
    }
}
