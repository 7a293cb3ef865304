package io.jenkins.plugins.argopreflight.engine.model.need;

/** The choice of the objects of a resource that are read, and the verb of the request. */
public enum Which {
    /** Objects that are read by the names in the workflow, which needs the smallest right. */
    NAMED("get", " that the workflow names"),
    ALL_OF_NAMESPACE("list", " in the workflow's namespace"),
    ALL_OF_ARGO("list", " in the namespace of Argo's controller"),
    ALL_OF_CLUSTER("list", ""),
    /** An object whose name and namespace are the same in each cluster. */
    FIXED("get", ""),
    /** The object from which the controller reads its settings, if no given file has it. */
    SETTINGS_OF_ARGO("get", " of Argo's controller"),
    /** Reviews of the rights of others; if they are refused, Roles and bindings are read. */
    REVIEWS("create", " or list roles and rolebindings"),
    /** Objects that the API server checks and does not store. */
    DRY_RUN("create", " as a dry run"),
    /** Objects that are read by the name in the request: {@code KIND/NAME}. */
    REQUESTED("get", " that the request names"),
    /** Objects that are read only after a problem was found, to show how to fix it. */
    TO_FIX("list", " in the workflow's namespace"),
    /** Requests that every user is allowed to make. */
    OPEN("create", "");

    private final String verb;
    private final String words;

    Which(String verb, String words) {
        this.verb = verb;
        this.words = words;
    }

    public String verb() {
        return verb;
    }

    /** The text after the resource, with a blank or comma at its beginning; "" for none. */
    String words() {
        return words;
    }

    /** Returns whether the objects are in the namespace of Argo's controller, not in those of workflows. */
    boolean isOfArgo() {
        return this == ALL_OF_ARGO || this == SETTINGS_OF_ARGO;
    }
}
