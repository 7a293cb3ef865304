package io.jenkins.plugins.argopreflight.engine.check.location;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;

/** The places of settings in the controller's ConfigMap and Deployment, and the fixes there for operators of Argo. */
public final class ControllerPlaces {

    private static final String CONFIG_MAP = "workflow-controller-configmap";

    private ControllerPlaces() {}

    /**
     * Returns the fix that merges fields into the controller's {@code executor} setting. If the setting is unknown, the
     * operator merges them by hand.
     */
    public static Fix executor(Facts facts, Yaml yaml) {
        JsonNode settings = facts.controllerSettings()
                .ifKnown()
                .<JsonNode>map(Document::root)
                .orElse(MissingNode.getInstance());
        Yaml data = Yaml.of("data:\n  executor: $executor");
        if (settings.isObject() && !settings.path("data").has("config")) {
            JsonNode executor = facts.controller().setting("executor");
            Yaml merged = yaml.mergedInto(
                    executor instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode());
            return RunCommands.patchConfigMap(
                            place(facts, "executor").name(), facts.argoNamespace(), data.literal("executor", merged))
                    .because("operators:");
        }
        return ChangeField.to(data.literal("executor", yaml))
                .at(object(facts, "data.executor"))
                .because("operators: merge this into key executor (" + edit(facts) + ")");
    }

    /** Returns a field of the controller's ConfigMap as the place of a fix. */
    public static ChangeField.Place object(Facts facts, String path) {
        return new ChangeField.Place(
                "",
                0,
                "ConfigMap",
                facts.argoNamespace(),
                place(facts, "executor").name(),
                path);
    }

    /** Returns the command that edits the controller's ConfigMap, for a sentence. */
    public static String edit(Facts facts) {
        return Shell.inline(Command.kubectl("edit", "configmap")
                .name("ConfigMap", place(facts, "executor").name())
                .namespace(facts.argoNamespace()));
    }

    /** Returns the setting of the executor image as the subject of a finding. */
    public static Subject executorImage(Facts facts) {
        if (!facts.controller().flags().executorImage().isEmpty()) {
            return Subject.of("Deployment", facts.argoNamespace(), "workflow-controller", "--executor-image");
        }
        return place(facts, "executor.image");
    }

    /** Returns a setting in the controller's ConfigMap as the subject of a finding. */
    public static Subject place(Facts facts, String setting) {
        return setting(facts, setting.split("\\.")[0], setting);
    }

    /**
     * Returns the subject of a finding in the controller's ConfigMap, at the line of a setting.
     *
     * @param key the name of the setting, such as {@code executor}
     * @param path the path of the subject, such as {@code executor.image}
     */
    public static Subject setting(Facts facts, String key, String path) {
        String name = facts.controller().configMap().name();
        return Subject.of("ConfigMap", facts.argoNamespace(), name.isEmpty() ? CONFIG_MAP : name, path)
                .at(facts.controller().configMap().locate(facts.controller().path(key)));
    }
}
