package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.util.List;
import java.util.stream.Collectors;

/** What to set, and where, for Argo's own containers: by operators in the ConfigMap, by teams in the workflow. */
final class Knobs {

    private Knobs() {}

    /** The controller's {@code executor} setting; a strategic part of the ConfigMap, to merge by hand. */
    static String executor(Facts facts, String setting) {
        String name = facts.controller().configMap().name();
        return "# operators: merge this into key executor (kubectl edit configmap "
                + (name.isEmpty() ? "workflow-controller-configmap" : name) + " -n " + facts.argoNamespace() + ")\n"
                + "data:\n  executor: |\n" + setting.indent(4).stripTrailing();
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
