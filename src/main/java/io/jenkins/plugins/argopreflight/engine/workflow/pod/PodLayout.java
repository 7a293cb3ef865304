package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;

/**
 * How Argo's own containers stand in a workload pod: init and wait, or, where the controller of 4.1 has
 * {@code initlessPod.enabled}, one supervisor. Source: argo-workflows workflow/controller/workflowpod_layout.go.
 */
enum PodLayout {
    /** An init container prepares, wait collects. */
    LEGACY("wait", "/var/run/argo/argoexec"),
    /** A supervisor does both; argoexec comes with an image volume. */
    INITLESS("supervisor", "/argo-bin/bin/argoexec");

    private static final String VOLUME = "argoexec-bin";

    private final String auxiliary;
    private final String argoexec;

    PodLayout(String auxiliary, String argoexec) {
        this.auxiliary = auxiliary;
        this.argoexec = argoexec;
    }

    static PodLayout of(WalkState run) {
        boolean enabled =
                run.controller().setting("initlessPod").path("enabled").asBoolean();
        return run.version.has(Behaviour.INITLESS_POD) && enabled ? INITLESS : LEGACY;
    }

    /** The container that stands beside the user's. */
    String auxiliary() {
        return auxiliary;
    }

    /** Where user containers find argoexec. */
    String argoexec() {
        return argoexec;
    }

    /** Whether a template has the auxiliary container. */
    boolean hasAuxiliary(WalkState run, JsonNode template, TemplateType type) {
        if (type != TemplateType.RESOURCE && type != TemplateType.DATA) {
            return true;
        }
        boolean logs = run.version.has(Behaviour.WAIT_OF_RESOURCE)
                && template.path("archiveLocation").path("archiveLogs").asBoolean();
        boolean manifest = this == INITLESS
                && template.path("resource").path("manifestFrom").isObject();
        return type == TemplateType.RESOURCE && (logs || manifest);
    }

    ObjectNode auxiliary(ExecutorContainers executor) {
        if (this == LEGACY) {
            return executor.waiting();
        }
        ObjectNode supervisor = executor.container("supervisor", executor.command("argoexec", "supervisor"));
        PodDraft.env(supervisor, "ARGO_INITLESS_POD", "true");
        return supervisor;
    }

    void addVolumes(WalkState run, PodDraft draft) {
        if (this == INITLESS) {
            ObjectNode image = draft.volumes()
                    .addObject()
                    .put("name", VOLUME)
                    .putObject("image")
                    .put("reference", run.controller().executorImage());
            if (!run.controller().executorImagePullPolicy().isEmpty()) {
                image.put("pullPolicy", run.controller().executorImagePullPolicy());
            }
        }
    }

    /** What a user container gets besides its wrapped command. */
    void decorate(ObjectNode container, boolean hasAuxiliary) {
        if (this == INITLESS) {
            if (hasAuxiliary) {
                PodDraft.env(container, "ARGO_WAIT_FOR_READY", "true");
            }
            PodDraft.mount(container, argoexecMount());
        }
    }

    static ObjectNode argoexecMount() {
        return Json.object().put("name", VOLUME).put("mountPath", "/argo-bin").put("readOnly", true);
    }

    /** Whether a container of the main list gets ARGO_TEMPLATE. */
    boolean needsTemplate(String container, boolean hasAuxiliary) {
        return this == INITLESS && (container.equals(auxiliary) || container.equals("main") && !hasAuxiliary);
    }
}
