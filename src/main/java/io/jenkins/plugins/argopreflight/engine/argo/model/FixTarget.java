package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;

/**
 * The object to fix, if it is not the object with the reference.
 *
 * @param namespace "" for a kind without namespaces
 * @param path path of the field to fix, "" if the object must be created
 * @param fix the fix that creates or changes the object
 */
public record FixTarget(String kind, String namespace, String name, String path, Fix fix) {

    private static final Operand PARAMETER = Operand.label("workflows.argoproj.io/configmap-type", "Parameter");
    private static final Operand TEMPLATES = Operand.text("workflowtemplates.argoproj.io");
    private static final Operand CLUSTER_TEMPLATES = Operand.text("clusterworkflowtemplates.argoproj.io");

    /** Returns the target for a WorkflowTemplate or ClusterWorkflowTemplate that does not exist. */
    public static FixTarget absentTemplate(String kind, String namespace, String name) {
        boolean isClusterKind = kind.startsWith("Cluster");
        Command get = Command.kubectl("get").with(isClusterKind ? CLUSTER_TEMPLATES : TEMPLATES);
        Command apply = Command.kubectl("apply");
        return new FixTarget(
                kind,
                isClusterKind ? "" : namespace,
                name,
                "",
                RunCommands.of(
                        (isClusterKind ? get : get.namespace(namespace)).withNote("those that there are"),
                        (isClusterKind ? apply : apply.namespace(namespace))
                                .with("-f", "FILE")
                                .withNote("with " + kind + " " + name)));
    }

    /** Returns the target for a ConfigMap that does not exist. */
    public static FixTarget absentConfigMap(String namespace, String name, String key) {
        return absent(namespace, name, RunCommands.of(createCommand(namespace, name, key)));
    }

    /**
     * Returns the target for a ConfigMap with parameters that does not exist. Argo reads parameters only with a label.
     */
    public static FixTarget absentParameters(String namespace, String name, String key) {
        return absent(
                namespace, name, RunCommands.of(createCommand(namespace, name, key), labelCommand(namespace, name)));
    }

    private static FixTarget absent(String namespace, String name, Fix fix) {
        return new FixTarget("ConfigMap", namespace, name, "", fix);
    }

    private static Command createCommand(String namespace, String name, String key) {
        return Command.kubectlIn(namespace, "create", "configmap")
                .name("ConfigMap", name)
                .with(Operand.joined(
                        Operand.text("--from-literal="),
                        Operand.key(key),
                        Operand.text("="),
                        Operand.placeholder("VALUE")));
    }

    /** Returns the target for a ConfigMap with parameters that lacks the label for them. */
    public static FixTarget unlabelled(String namespace, String name) {
        return new FixTarget(
                "ConfigMap", namespace, name, "metadata.labels", RunCommands.of(labelCommand(namespace, name)));
    }

    /** Returns the target for a key of a ConfigMap whose value is missing or not valid. */
    public static FixTarget key(String namespace, String name, String key, String value) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("data").put(key, value);
        return new FixTarget(
                "ConfigMap",
                namespace,
                name,
                "data." + key,
                RunCommands.of(Command.kubectlIn(namespace, "patch", "configmap")
                        .name("ConfigMap", name)
                        .with("--type=merge")
                        .requiring(Operand.key(key))
                        .patch(patch)));
    }

    private static Command labelCommand(String namespace, String name) {
        return Command.kubectlIn(namespace, "label", "configmap")
                .name("ConfigMap", name)
                .with(PARAMETER);
    }
}
