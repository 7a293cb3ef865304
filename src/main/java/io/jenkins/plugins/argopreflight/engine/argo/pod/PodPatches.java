package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Scope;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.List;

/**
 * The podSpecPatch of the workflow, which is applied first, and that of the template; source: workflowpod.go
 * (processPodSpecPatch).
 */
final class PodPatches {

    private static final JsonMapper JSON = JsonMapper.builder(UntrustedJson.factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> LISTS =
            List.of("containers", "initContainers", "volumes", "tolerations", "imagePullSecrets", "hostAliases");
    private static final List<String> OBJECTS = List.of("securityContext", "affinity", "nodeSelector", "dnsConfig");

    private final Simulation run;
    private final TemplateCall call;
    private final PodDraft draft;

    PodPatches(Simulation run, TemplateCall call, PodDraft draft) {
        this.run = run;
        this.call = call;
        this.draft = draft;
    }

    /** Applies the workflow's patch, in which the variables of the template are substituted. */
    void applyOfSpec(Scope scope) {
        String patch = Json.text(run.spec(), "podSpecPatch");
        DocumentField field = run.mergedWorkflow.field("podSpecPatch");
        apply(run.substitution.replace(patch, scope), field.document(), field.path());
    }

    void applyOfTemplate(JsonNode template, TemplateHolder.Found found, Scope scope) {
        String patch = Json.text(template, "podSpecPatch");
        if (!patch.isEmpty()) {
            apply(run.substitution.replace(patch, scope), found.document(), found.path() + ".podSpecPatch");
        }
    }

    /** Applies a patch in YAML or JSON to the pod's spec. */
    void apply(String patch, Document document, String path) {
        if (patch.isBlank()) {
            return;
        }
        try {
            JsonNode tree = new ManifestReader().value(document.locate(path).toString(), patch);
            if (!tree.isObject()) {
                throw new ManifestException(document.locate(path), "it is not an object");
            }
            checkShape(tree, document, path);
            if (!UnknownValues.areIn(patch)) {
                checkTypes(patch, tree, document, path);
            }
            draft.replaceSpec(StrategicMerge.merge(draft.spec(), tree, "PodSpec"));
            draft.provenance().record("spec", FieldSource.POD_SPEC_PATCH, document, path, tree);
        } catch (ManifestException e) {
            run.problem(
                    UnknownValues.areIn(patch) ? Problem.Kind.UNKNOWN_REFERENCE : Problem.Kind.REFUSED,
                    call.withLocation(document, path),
                    "Error applying PodSpecPatch: " + UnknownValues.show(e.getMessage()));
        }
    }

    /** Checks that fields with a list or an object in a pod have one in the patch. */
    private static void checkShape(JsonNode tree, Document document, String path) {
        for (String field : LISTS) {
            if (Json.isSet(tree, field) && !tree.path(field).isArray()) {
                throw new ManifestException(document.locate(path), field + " must be a list");
            }
        }
        for (String field : OBJECTS) {
            if (Json.isSet(tree, field) && !tree.path(field).isObject()) {
                throw new ManifestException(document.locate(path), field + " must be an object");
            }
        }
    }

    /**
     * Checks the syntax and the types of a patch. Source: argo-workflows workflow/util/util.go (ConvertYAMLToJSON,
     * ApplyPodSpecPatch).
     */
    private static void checkTypes(String patch, JsonNode tree, Document document, String path) {
        if (patch.strip().startsWith("{")) {
            try {
                JSON.readTree(patch);
            } catch (JsonProcessingException e) {
                throw new ManifestException(
                        document.locate(path),
                        "it begins with { and is read as JSON, which it is not (line "
                                + e.getLocation().getLineNr() + " of it)");
            }
        }
        for (FieldWalk.Wrong wrong : FieldWalk.ofPod(document, tree).wrong()) {
            if (!wrong.kind().isQuantity()) {
                throw new ManifestException(
                        document.locate(path),
                        wrong.path() + " must be " + wrong.kind().description());
            }
        }
    }
}
