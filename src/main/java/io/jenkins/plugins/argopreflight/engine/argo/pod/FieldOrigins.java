package io.jenkins.plugins.argopreflight.engine.argo.pod;

import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.template.MergedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recorder of the template or spec that each field of a pod comes from. If several records have a field, the last one
 * counts.
 */
final class FieldOrigins {

    private final Simulation run;
    private final PodDraft draft;
    private final TemplateHolder.@Nullable Found found;
    private final TemplateCall call;

    /**
     * Creates a recorder for one pod.
     *
     * @param found the template, null for a pod without a template
     */
    FieldOrigins(Simulation run, PodDraft draft, TemplateHolder.@Nullable Found found, TemplateCall call) {
        this.run = run;
        this.draft = draft;
        this.found = found;
        this.call = call;
    }

    /**
     * Records that a field of the pod comes from a field of the workflow's spec, or of an object that was merged into
     * the spec.
     */
    void recordFromSpec(String podField, String specField) {
        List<MergedWorkflow.Layer> layers = run.mergedWorkflow.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            MergedWorkflow.Layer layer = layers.get(i);
            draft.provenance()
                    .record(
                            "spec." + podField,
                            layer.source(),
                            layer.document(),
                            layer.path() + "." + specField,
                            layer.spec().path(specField));
        }
    }

    /** Records that a field of the pod comes from a field of the template, or of its defaults. */
    void recordFromTemplate(String podField, String templateField) {
        if (found == null) {
            return;
        }
        List<MergedWorkflow.Layer> layers = run.mergedWorkflow.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            MergedWorkflow.Layer layer = layers.get(i);
            draft.provenance()
                    .record(
                            "spec." + podField,
                            FieldSource.TEMPLATE_DEFAULTS,
                            layer.document(),
                            layer.path() + ".templateDefaults." + templateField,
                            FieldPath.at(layer.spec().path("templateDefaults"), templateField));
        }
        draft.provenance()
                .record(
                        "spec." + podField,
                        FieldSource.TEMPLATE,
                        found.document(),
                        found.path() + "." + templateField,
                        FieldPath.at(found.template(), templateField));
    }

    /** Records that a field of the pod comes from the steps or dag template that calls the pod's template. */
    void recordFromCaller(String field) {
        draft.provenance()
                .record(
                        "spec." + field,
                        FieldSource.TEMPLATE,
                        call.document(),
                        call.path(),
                        Objects.requireNonNull(call.boundary()).template().path(field));
    }

    /** Records that fields of a container come from mainContainer if nothing else sets them. */
    void recordFromMainContainer(String name) {
        Controller controller = run.controller();
        draft.provenance()
                .record(
                        "spec.containers[" + name + "]",
                        FieldSource.MAIN_CONTAINER,
                        controller.configMap(),
                        controller.path("mainContainer"),
                        controller.setting("mainContainer"));
    }

    /** Records that fields of one of Argo's own containers come from the executor setting. */
    void recordFromExecutor(String list, String name) {
        Controller controller = run.controller();
        draft.provenance()
                .record(
                        "spec." + list + "[" + name + "]",
                        FieldSource.EXECUTOR,
                        controller.configMap(),
                        controller.path("executor"),
                        controller.executor());
    }
}
