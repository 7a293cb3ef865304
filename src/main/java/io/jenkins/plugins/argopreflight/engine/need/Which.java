package io.jenkins.plugins.argopreflight.engine.need;

/** Which objects of a resource are read, and by which verb. */
public enum Which {
    /** By name, where the workflow names them: the least right. */
    NAMED("get", " that the workflow names"),
    ALL_OF_NAMESPACE("list", " in the workflow's namespace"),
    ALL_OF_ARGO("list", " in the namespace of Argo's controller"),
    ALL_OF_CLUSTER("list", ""),
    /** One, whose name and namespace are the same in each cluster. */
    FIXED("get", ""),
    /** The one that the controller reads its settings from, where no given file has it. */
    SETTINGS_OF_ARGO("get", " of Argo's controller"),
    /** Asks what others are allowed to do; where that is refused, Roles and bindings are read. */
    REVIEWS("create", " or list roles and rolebindings"),
    /** The API server checks them, and stores nothing. */
    DRY_RUN("create", " as a dry run"),
    /** By name, where the request names them: {@code KIND/NAME}. */
    REQUESTED("get", " that the request names"),
    /** Only where something is wrong, to show how to fix it. */
    TO_FIX("list", " in the workflow's namespace"),
    /** What every user is allowed to do. */
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

    /** After the resource; "" or begins with a blank or comma. */
    String words() {
        return words;
    }

    /** Whether they are where Argo's controller runs, not where workflows run. */
    boolean isOfArgo() {
        return this == ALL_OF_ARGO || this == SETTINGS_OF_ARGO;
    }
}
