package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * The layout of Argo's own containers in a workload pod: init and wait, or one supervisor if the controller of 4.1 has
 * {@code initlessPod.enabled}. Wait and supervisor are the auxiliary containers: they run beside the containers of the
 * user. Source: argo-workflows workflow/controller/workflowpod_layout.go.
 */
enum PodLayout {
    /** The layout with an init container for inputs, and a wait container for outputs. */
    LEGACY("wait", "/var/run/argo/argoexec"),
    /** The layout with a supervisor for inputs and outputs. The program argoexec is in an image volume. */
    INITLESS("supervisor", "/argo-bin/bin/argoexec");

    private static final String VOLUME = "argoexec-bin";

    private final String auxiliary;
    private final String argoexec;

    PodLayout(String auxiliary, String argoexec) {
        this.auxiliary = auxiliary;
        this.argoexec = argoexec;
    }

    static PodLayout of(Simulation run) {
        boolean enabled =
                run.controller().setting("initlessPod").path("enabled").asBoolean();
        return run.version.has(Behaviour.INITLESS_POD) && enabled ? INITLESS : LEGACY;
    }

    /** Returns the name of the auxiliary container. */
    String auxiliary() {
        return auxiliary;
    }

    /** Returns the path of argoexec in containers of the user. */
    String argoexec() {
        return argoexec;
    }

    /**
     * Returns whether the pod of a template has the auxiliary container. A data template has none. A resource template
     * has one only to archive logs, or in INITLESS to read its manifest.
     */
    boolean hasAuxiliary(Simulation run, JsonNode template, TemplateType type) {
        if (type != TemplateType.RESOURCE && type != TemplateType.DATA) {
            return true;
        }
        boolean archivesLogs = run.version.has(Behaviour.WAIT_OF_RESOURCE)
                && template.path("archiveLocation").path("archiveLogs").asBoolean();
        boolean readsManifest = this == INITLESS
                && template.path("resource").path("manifestFrom").isObject();
        return type == TemplateType.RESOURCE && (archivesLogs || readsManifest);
    }

    ObjectNode createAuxiliary(ExecutorContainers executor) {
        if (this == LEGACY) {
            return executor.waitContainer();
        }
        ObjectNode supervisor = executor.container("supervisor", executor.command("argoexec", "supervisor"));
        PodDraft.addEnv(supervisor, "ARGO_INITLESS_POD", "true");
        return supervisor;
    }

    void addVolumes(Simulation run, PodDraft draft) {
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

    /** Adds the variable and the mount that a container of the user needs beside its wrapped command. */
    void completeUserContainer(ObjectNode container, boolean hasAuxiliary) {
        if (this == INITLESS) {
            if (hasAuxiliary) {
                PodDraft.addEnv(container, "ARGO_WAIT_FOR_READY", "true");
            }
            PodDraft.addMount(container, argoexecMount());
        }
    }

    static ObjectNode argoexecMount() {
        return Json.object().put("name", VOLUME).put("mountPath", "/argo-bin").put("readOnly", true);
    }

    /** Returns whether a container, other than an init container, gets ARGO_TEMPLATE. */
    boolean needsTemplate(String container, boolean hasAuxiliary) {
        return this == INITLESS && (container.equals(auxiliary) || container.equals("main") && !hasAuxiliary);
    }
}
