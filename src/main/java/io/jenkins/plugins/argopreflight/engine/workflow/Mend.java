package io.jenkins.plugins.argopreflight.engine.workflow;

/**
 * The object to mend where that is not the field that refers to it.
 *
 * @param namespace "" for a kind without namespaces
 * @param path its field, "" when it has to be made
 * @param fix a command that makes or mends it
 */
public record Mend(String kind, String namespace, String name, String path, String fix) {

    private static final String TYPE = "workflows.argoproj.io/configmap-type";

    static Mend absentTemplate(String kind, String namespace, String name) {
        boolean cluster = kind.startsWith("Cluster");
        String in = cluster ? "" : " -n " + namespace;
        String resource = cluster ? "clusterworkflowtemplates" : "workflowtemplates";
        return new Mend(
                kind,
                cluster ? "" : namespace,
                name,
                "",
                "kubectl get " + resource + ".argoproj.io" + in + "   # those that there are\nkubectl apply" + in
                        + " -f FILE   # with " + kind + " " + name);
    }

    static Mend absentConfigMap(String namespace, String name, String key, boolean parameter) {
        String create = "kubectl -n " + namespace + " create configmap " + name + " --from-literal=" + key + "=VALUE";
        return new Mend("ConfigMap", namespace, name, "", parameter ? create + "\n" + label(namespace, name) : create);
    }

    static Mend unlabelled(String namespace, String name) {
        return new Mend("ConfigMap", namespace, name, "metadata.labels", label(namespace, name));
    }

    /** A value that is missing or of no use. */
    static Mend key(String namespace, String name, String key, String value) {
        return new Mend(
                "ConfigMap",
                namespace,
                name,
                "data." + key,
                "kubectl -n " + namespace + " patch configmap " + name + " --type=merge -p '{\"data\": {\"" + key
                        + "\": \"" + value + "\"}}'");
    }

    private static String label(String namespace, String name) {
        return "kubectl -n " + namespace + " label configmap " + name + " " + TYPE + "=Parameter";
    }
}
