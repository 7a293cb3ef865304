package io.jenkins.plugins.argopreflight.engine.check.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerSetting;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The controller's settings wherever they stand: its ConfigMap, given ConfigMaps, values of the Helm chart. */
final class ControllerSettings {

    private ControllerSettings() {}

    /**
     * One setting.
     *
     * @param chart whether it is a value of Argo's Helm chart, which has names of its own beside Argo's
     * @param value missing when it is no YAML
     */
    record Setting(Document document, String namespace, String path, String name, boolean chart, JsonNode value) {}

    static List<Setting> of(Facts facts) {
        Set<Document> maps = new LinkedHashSet<>();
        facts.controllerSettings().ifKnown().ifPresent(maps::add);
        facts.given().stream().filter(ControllerSettings::isConfigMap).forEach(maps::add);
        List<Setting> settings = new ArrayList<>();
        maps.forEach(map -> ofMap(map, facts.argoNamespace(), settings));
        facts.given().stream().filter(ControllerSettings::isValues).forEach(values -> ofValues(values, settings));
        return settings;
    }

    /** Whether there is anything to look at besides the cluster's ConfigMap. */
    static boolean areGiven(Facts facts) {
        return facts.given().stream().anyMatch(each -> isConfigMap(each) || isValues(each));
    }

    private static boolean isConfigMap(Document document) {
        return document.kind().equals("ConfigMap") && document.name().endsWith("workflow-controller-configmap");
    }

    /** No object of Kubernetes, but what `helm install --values` takes for Argo. */
    private static boolean isValues(Document document) {
        return document.kind().isEmpty()
                && (document.root().path("controller").isObject()
                        || document.root().path("executor").isObject());
    }

    private static void ofMap(Document map, String argoNamespace, List<Setting> settings) {
        String namespace = map.namespace().isEmpty() ? argoNamespace : map.namespace();
        ControllerSetting.of(map, unreadable -> MissingNode.getInstance())
                .forEach(each ->
                        settings.add(new Setting(map, namespace, each.path(), each.name(), false, each.value())));
    }

    private static void ofValues(Document values, List<Setting> settings) {
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
