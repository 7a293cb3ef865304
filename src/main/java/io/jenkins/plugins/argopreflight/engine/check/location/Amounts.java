package io.jenkins.plugins.argopreflight.engine.check.location;

import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates amounts of resources as fields of a manifest. */
public final class Amounts {

    /** Small amounts of the resources that every node has, for a fix. */
    public static final Map<String, String> USUAL =
            Map.of("cpu", "100m", "memory", "128Mi", "ephemeral-storage", "100Mi");

    private Amounts() {}

    /** Returns a small amount of a resource, for a fix; 1 for a resource that is counted, such as a GPU. */
    public static String usual(String resource) {
        return USUAL.getOrDefault(resource, "1");
    }

    /**
     * Returns the field {@code resources} of a container.
     *
     * @param parts the amounts by requests or limits, then by resource
     */
    public static Yaml resources(Map<String, Map<String, String>> parts) {
        List<Yaml> fields = new ArrayList<>();
        for (String part : List.of("requests", "limits")) {
            Map<String, String> amounts = parts.getOrDefault(part, Map.of());
            if (!amounts.isEmpty()) {
                fields.add(of(amounts).under(part));
            }
        }
        return Yaml.merge(fields).under("resources");
    }

    /** Returns a command that shows the LimitRanges of a namespace, which can set the amounts. */
    public static RunCommands limitRanges(String namespace) {
        return RunCommands.of(
                Command.kubectl("get", "limitrange").namespace(namespace).with("-o", "yaml"));
    }

    /** Returns amounts as an object of YAML: {@code {cpu: 100m, memory: 128Mi}}. */
    public static Yaml of(Map<String, String> amounts) {
        List<Yaml> fields = new ArrayList<>();
        amounts.forEach((resource, amount) -> {
            Yaml field = Yaml.of("{$resource: $amount}").with("resource", Operand.qualified(resource));
            boolean isInteger = amount.matches("[0-9]{1,18}");
            fields.add(
                    isInteger
                            ? field.with("amount", Long.parseLong(amount))
                            : field.with("amount", Operand.quantity(amount)));
        });
        return Yaml.mergeFlow(fields);
    }
}
