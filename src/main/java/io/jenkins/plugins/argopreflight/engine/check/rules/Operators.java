package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.io.UncheckedIOException;

/** The controller's ConfigMap and Deployment: where a setting stands, and what whoever runs Argo writes there. */
final class Operators {

    private static final String CONFIG_MAP = "workflow-controller-configmap";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private Operators() {}

    /** The controller's {@code executor} setting as it is with this in it; to merge by hand when it is not known. */
    static String executor(Facts facts, String yaml) {
        JsonNode settings = facts.controllerSettings()
                .ifKnown()
                .<JsonNode>map(Document::root)
                .orElse(MissingNode.getInstance());
        if (settings.isObject() && !settings.path("data").has("config")) {
            return "# operators:\nkubectl patch configmap "
                    + place(facts, "executor").name() + " -n "
                    + facts.argoNamespace() + " --patch-file /dev/stdin <<'EOF'\ndata:\n  executor: |\n"
                    + merged(facts.controller().setting("executor"), yaml).indent(4) + "EOF";
        }
        return "# operators: merge this into key executor (" + edit(facts) + ")\ndata:\n  executor: |\n"
                + yaml.indent(4).stripTrailing();
    }

    private static String merged(JsonNode executor, String yaml) {
        try {
            ObjectNode whole = executor instanceof ObjectNode object ? object.deepCopy() : YAML.createObjectNode();
            return YAML.writeValueAsString(YAML.readerForUpdating(whole).readValue(yaml));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How to come by the ConfigMap. */
    static String edit(Facts facts) {
        return "kubectl edit configmap " + place(facts, "executor").name() + " -n " + facts.argoNamespace();
    }

    /** The setting of the executor image. */
    static Subject executorImage(Facts facts) {
        if (!facts.controller().flags().executorImage().isEmpty()) {
            return Subject.of("Deployment", facts.argoNamespace(), "workflow-controller", "--executor-image");
        }
        return place(facts, "executor.image");
    }

    /** A setting in the controller's ConfigMap. */
    static Subject place(Facts facts, String setting) {
        return setting(facts, setting.split("\\.")[0], setting);
    }

    /** The same with a path of its own. */
    static Subject setting(Facts facts, String key, String path) {
        String name = facts.controller().configMap().name();
        return Subject.of("ConfigMap", facts.argoNamespace(), name.isEmpty() ? CONFIG_MAP : name, path)
                .at(facts.controller().configMap().locate(facts.controller().path(key)));
    }
}
