package io.jenkins.plugins.argopreflight.engine.check.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConfigMapSetting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The controller's settings of all sources: its ConfigMap, given ConfigMaps, and values of the Helm chart. */
final class ControllerSettings {

    private ControllerSettings() {}

    /**
     * A setting of the controller.
     *
     * @param chart whether it is a value of Argo's Helm chart, some of whose names differ from Argo's
     * @param value the value, which is missing if it is not valid YAML
     */
    record Setting(Document document, String namespace, String path, String name, boolean chart, JsonNode value) {}

    static List<Setting> of(Facts facts) {
        Set<Document> maps = new LinkedHashSet<>();
        facts.controllerSettings().ifKnown().ifPresent(maps::add);
        facts.given().stream().filter(ControllerSettings::isConfigMap).forEach(maps::add);
        List<Setting> settings = new ArrayList<>();
        maps.forEach(map -> addSettings(map, facts.argoNamespace(), settings));
        facts.given().stream().filter(ControllerSettings::isValues).forEach(values -> addChartValues(values, settings));
        return settings;
    }

    /** Returns whether the given files contain settings. */
    static boolean areGiven(Facts facts) {
        return facts.given().stream().anyMatch(each -> isConfigMap(each) || isValues(each));
    }

    private static boolean isConfigMap(Document document) {
        return document.kind().equals("ConfigMap") && document.name().endsWith("workflow-controller-configmap");
    }

    /** Returns whether a document is not a Kubernetes object but a file for `helm install --values` of Argo's chart. */
    private static boolean isValues(Document document) {
        return document.kind().isEmpty()
                && (document.root().path("controller").isObject()
                        || document.root().path("executor").isObject());
    }

    private static void addSettings(Document configMap, String argoNamespace, List<Setting> settings) {
        String namespace = configMap.namespace().isEmpty() ? argoNamespace : configMap.namespace();
        ConfigMapSetting.of(configMap, unreadable -> MissingNode.getInstance())
                .forEach(each ->
                        settings.add(new Setting(configMap, namespace, each.path(), each.name(), false, each.value())));
    }

    private static void addChartValues(Document values, List<Setting> settings) {
        values.root()
                .path("controller")
                .properties()
                .forEach(each -> settings.add(new Setting(
                        values,
                        "",
                        FieldPath.field("controller", each.getKey()),
                        each.getKey(),
                        true,
                        each.getValue())));
    }
}
