package io.jenkins.plugins.argopreflight.engine.check.controller;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Setting;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The controller's settings from all sources: its ConfigMap in the cluster, and the ConfigMaps and values of the Helm
 * chart in the files that the user gave.
 */
final class ControllerSettings {

    private ControllerSettings() {}

    /** Returns the settings of all sources, those of ConfigMaps first. */
    static List<Setting> of(Facts facts) {
        Set<Document> maps = new LinkedHashSet<>();
        facts.controllerSettings().ifKnown().ifPresent(maps::add);
        facts.documents().stream().filter(ControllerSettings::isConfigMap).forEach(maps::add);
        List<Setting> settings = new ArrayList<>();
        maps.forEach(map ->
                settings.addAll(Setting.of(map, facts.argoNamespace(), unreadable -> MissingNode.getInstance())));
        facts.documents().stream()
                .filter(ControllerSettings::isValues)
                .forEach(values -> settings.addAll(Setting.ofChart(values)));
        return settings;
    }

    /** Returns whether the files that the user gave contain settings. */
    static boolean areGiven(Facts facts) {
        return facts.documents().stream().anyMatch(each -> isConfigMap(each) || isValues(each));
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
}
