package io.jenkins.plugins.argopreflight.engine.argo.model;

/** The source of a field of a pod. */
public enum FieldSource {
    TEMPLATE("template"),
    WORKFLOW_SPEC("workflow's spec"),
    CALLER("caller of the template"),
    WORKFLOW_DEFAULTS("workflowDefaults of the controller"),
    TEMPLATE_DEFAULTS("templateDefaults"),
    MAIN_CONTAINER("mainContainer of the controller"),
    EXECUTOR("executor of the controller"),
    ARTIFACT_REPOSITORY("artifact repository"),
    POD_SPEC_PATCH("podSpecPatch"),
    LOOK_UP("command of the image, looked up by the controller"),
    POD("the Pod itself"),
    SERVICE_ACCOUNT("ServiceAccount, by admission"),
    ADMISSION("a webhook or policy of the cluster, by admission"),
    ARGO("Argo itself");

    private final String label;

    FieldSource(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
