package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** What to set, and where, for Argo's own containers: by operators in the ConfigMap, by teams in the workflow. */
final class Knobs {

    private Knobs() {}

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    /** The controller's {@code executor} setting as it is with this in it; to merge by hand when it is not known. */
    static String executor(Facts facts, String setting) {
        JsonNode settings = facts.controllerSettings()
                .ifKnown()
                .<JsonNode>map(Document::root)
                .orElse(MissingNode.getInstance());
        String name = facts.controller().configMap().name();
        if (settings.isObject() && !settings.path("data").has("config")) {
            return "# operators:\nkubectl patch configmap " + name + " -n " + facts.argoNamespace()
                    + " --patch-file /dev/stdin <<'EOF'\ndata:\n  executor: |\n"
                    + merged(facts.controller().setting("executor"), setting).indent(4) + "EOF";
        }
        return "# operators: merge this into key executor (kubectl edit configmap "
                + (name.isEmpty() ? "workflow-controller-configmap" : name) + " -n " + facts.argoNamespace() + ")\n"
                + "data:\n  executor: |\n" + setting.indent(4).stripTrailing();
    }

    private static String merged(JsonNode executor, String setting) {
        try {
            ObjectNode whole = executor instanceof ObjectNode object ? object.deepCopy() : YAML.createObjectNode();
            return YAML.writeValueAsString(YAML.readerForUpdating(whole).readValue(setting));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A podSpecPatch for these containers of a workflow. */
    static String patch(List<String> initContainers, List<String> containers, String setting) {
        StringBuilder patch = new StringBuilder(
                "# teams who may not change the controller: in the workflow\nspec:\n  podSpecPatch: |\n");
        list(patch, "initContainers", initContainers, setting);
        list(patch, "containers", containers, setting);
        return patch.toString().stripTrailing();
    }

    private static void list(StringBuilder patch, String field, List<String> names, String setting) {
        if (!names.isEmpty()) {
            patch.append("    ").append(field).append(":\n");
            names.forEach(name ->
                    patch.append("    - name: ").append(name).append('\n').append(setting.indent(6)));
        }
    }

    /** {@code init, wait}. */
    static String list(List<String> names) {
        return names.stream().distinct().collect(Collectors.joining(", "));
    }
}
