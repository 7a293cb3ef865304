package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;

/**
 * The object to fix where that is not the field that refers to it.
 *
 * @param namespace "" for a kind without namespaces
 * @param path its field, "" when it has to be made
 * @param fix what makes or fixes it
 */
public record FixTarget(String kind, String namespace, String name, String path, Fix fix) {

    private static final Operand PARAMETER = Operand.label("workflows.argoproj.io/configmap-type", "Parameter");
    private static final Operand TEMPLATES = Operand.text("workflowtemplates.argoproj.io");
    private static final Operand CLUSTER_TEMPLATES = Operand.text("clusterworkflowtemplates.argoproj.io");

    public static FixTarget absentTemplate(String kind, String namespace, String name) {
        boolean cluster = kind.startsWith("Cluster");
        Command get = Command.kubectl("get").with(cluster ? CLUSTER_TEMPLATES : TEMPLATES);
        Command apply = Command.kubectl("apply");
        return new FixTarget(
                kind,
                cluster ? "" : namespace,
                name,
                "",
                RunCommands.of(
                        (cluster ? get : get.namespace(namespace)).noted("those that there are"),
                        (cluster ? apply : apply.namespace(namespace))
                                .with("-f", "FILE")
                                .noted("with " + kind + " " + name)));
    }

    public static FixTarget absentConfigMap(String namespace, String name, String key, boolean parameter) {
        Command create = Command.kubectlIn(namespace, "create", "configmap")
                .name("ConfigMap", name)
                .with(Operand.joined(
                        Operand.text("--from-literal="),
                        Operand.key(key),
                        Operand.text("="),
                        Operand.placeholder("VALUE")));
        return new FixTarget(
                "ConfigMap",
                namespace,
                name,
                "",
                parameter ? RunCommands.of(create, label(namespace, name)) : RunCommands.of(create));
    }

    public static FixTarget unlabelled(String namespace, String name) {
        return new FixTarget("ConfigMap", namespace, name, "metadata.labels", RunCommands.of(label(namespace, name)));
    }

    /** A value that is missing or of no use. */
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

    private static Command label(String namespace, String name) {
        return Command.kubectlIn(namespace, "label", "configmap")
                .name("ConfigMap", name)
                .with(PARAMETER);
    }
}
