package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Source;
import java.util.EnumSet;
import java.util.Set;

/** Containers that the user did not write, and the setting that says what they run. */
final class ArgoContainer {

    private static final Set<Source> ARGO = EnumSet.of(Source.ARGO, Source.EXECUTOR);
    private static final String CONFIG_MAP = "workflow-controller-configmap";

    private ArgoContainer() {}

    /** Whether a pull is one of Argo's executor image, which init, wait, agent and artifact GC run. */
    static boolean runsExecutorImage(Facts facts, PodPull row) {
        return row.pull().image().equals(facts.controller().executorImage())
                && (row.pod().kind() != ArgoPod.Kind.WORKLOAD
                        || ARGO.contains(row.pod().origin(row.path()).source()));
    }

    /** The setting of the executor image. */
    static Subject executorImage(Facts facts) {
        if (!facts.controller().flags().executorImage().isEmpty()) {
            return Subject.of("Deployment", facts.argoNamespace(), "workflow-controller", "--executor-image");
        }
        return setting(facts, "executor.image");
    }

    /** A field of the controller's ConfigMap. */
    static Subject setting(Facts facts, String path) {
        String name = facts.controller().configMap().name();
        Subject subject = Subject.of("ConfigMap", facts.argoNamespace(), name.isEmpty() ? CONFIG_MAP : name, path);
        return subject.at(
                facts.controller().configMap().locate(facts.controller().path(path.split("\\.")[0])));
    }

    /** What to write to run another executor image, with and without a right to change the controller. */
    static String[] executorImageKnobs(Facts facts, String image) {
        boolean flag = !facts.controller().flags().executorImage().isEmpty();
        String knob = flag
                ? "# Deployment of the controller in namespace " + facts.argoNamespace()
                        + ", args:\n- --executor-image=" + image
                : "# ConfigMap " + setting(facts, "executor").name() + " in namespace " + facts.argoNamespace()
                        + ":\ndata:\n  executor: |\n    image: " + image;
        return new String[] {
            knob,
            "# without a right to change the controller, in the Workflow (init and wait only):\nspec:\n"
                    + "  podSpecPatch: |\n    initContainers:\n    - name: init\n      image: " + image
                    + "\n    containers:\n    - name: wait\n      image: " + image
        };
    }
}
