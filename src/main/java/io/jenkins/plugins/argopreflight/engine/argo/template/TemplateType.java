package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;

/** The type of a template; source: argo-workflows pkg/apis/workflow/v1alpha1/workflow_types.go (GetType). */
public enum TemplateType {
    CONTAINER("container"),
    CONTAINER_SET("containerSet"),
    STEPS("steps"),
    DAG("dag"),
    SCRIPT("script"),
    RESOURCE("resource"),
    DATA("data"),
    SUSPEND("suspend"),
    HTTP("http"),
    PLUGIN("plugin"),
    NONE("");

    private final String field;

    TemplateType(String field) {
        this.field = field;
    }

    public static TemplateType of(JsonNode template) {
        for (TemplateType type : values()) {
            if (type != NONE && template.path(type.field).isContainerNode()) {
                return type;
            }
        }
        return NONE;
    }

    public String field() {
        return field;
    }

    public boolean isPod() {
        return this == CONTAINER || this == CONTAINER_SET || this == SCRIPT || this == RESOURCE || this == DATA;
    }

    /** Returns whether a template of this type calls no other template, and runs in a pod. */
    public boolean isLeaf() {
        return isPod() || isAgent();
    }

    public boolean isAgent() {
        return this == HTTP || this == PLUGIN;
    }
}
