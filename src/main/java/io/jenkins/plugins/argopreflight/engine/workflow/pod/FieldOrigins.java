package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ExecWorkflow;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says which template or spec a pod's field comes from. */
final class FieldOrigins {

    private final WalkState run;
    private final PodDraft draft;
    private final TemplateHolder.@Nullable Found found;
    private final TemplateCall call;

    /** @param found the template, null for pods that have none */
    FieldOrigins(WalkState run, PodDraft draft, TemplateHolder.@Nullable Found found, TemplateCall call) {
        this.run = run;
        this.draft = draft;
        this.found = found;
        this.call = call;
    }

    /** The pod's field comes from the workflow's spec, or what was merged into it. */
    void spec(String podField, String specField) {
        List<ExecWorkflow.Layer> layers = run.exec.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            ExecWorkflow.Layer layer = layers.get(i);
            draft.provenance()
                    .lay(
                            "spec." + podField,
                            layer.source(),
                            layer.document(),
                            layer.path() + "." + specField,
                            layer.spec().path(specField));
        }
    }

    /** The pod's field comes from the template, or its defaults. */
    void template(String podField, String templateField) {
        if (found == null) {
            return;
        }
        List<ExecWorkflow.Layer> layers = run.exec.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            ExecWorkflow.Layer layer = layers.get(i);
            draft.provenance()
                    .lay(
                            "spec." + podField,
                            FieldSource.TEMPLATE_DEFAULTS,
                            layer.document(),
                            layer.path() + ".templateDefaults." + templateField,
                            FieldPath.at(layer.spec().path("templateDefaults"), templateField));
        }
        draft.provenance()
                .lay(
                        "spec." + podField,
                        FieldSource.TEMPLATE,
                        found.document(),
                        found.path() + "." + templateField,
                        FieldPath.at(found.template(), templateField));
    }

    /** The pod's field comes from the steps or dag around it. */
    void boundary(String field) {
        draft.provenance()
                .lay(
                        "spec." + field,
                        FieldSource.TEMPLATE,
                        call.document(),
                        call.path(),
                        Objects.requireNonNull(call.boundary()).template().path(field));
    }

    /** The container comes from mainContainer where no one else sets it. */
    void mainContainer(String name) {
        Controller controller = run.controller();
        draft.provenance()
                .lay(
                        "spec.containers[" + name + "]",
                        FieldSource.MAIN_CONTAINER,
                        controller.configMap(),
                        controller.path("mainContainer"),
                        controller.setting("mainContainer"));
    }

    /** One of Argo's own containers: what the executor setting says. */
    void executor(String list, String name) {
        Controller controller = run.controller();
        draft.provenance()
                .lay(
                        "spec." + list + "[" + name + "]",
                        FieldSource.EXECUTOR,
                        controller.configMap(),
                        controller.path("executor"),
                        controller.executor());
    }
}
