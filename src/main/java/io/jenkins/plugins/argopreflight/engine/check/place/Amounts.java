package io.jenkins.plugins.argopreflight.engine.check.place;

import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Amounts of resources, as fields of a manifest. */
public final class Amounts {

    /** Small amounts to start from, of the resources that every node has. */
    public static final Map<String, String> USUAL =
            Map.of("cpu", "100m", "memory", "128Mi", "ephemeral-storage", "100Mi");

    private Amounts() {}

    /** A small amount of a resource to start from: one, where a number of them is asked for. */
    public static String usual(String resource) {
        return USUAL.getOrDefault(resource, "1");
    }

    /** The field {@code resources} of a container. @param parts amounts by requests or limits, then by resource */
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

    /** Shows the LimitRanges of a namespace, of which amounts can come. */
    public static RunCommands limitRanges(String namespace) {
        return RunCommands.of(
                Command.kubectl("get", "limitrange").namespace(namespace).with("-o", "yaml"));
    }

    /** {@code {cpu: 100m, memory: 128Mi}}. */
    public static Yaml of(Map<String, String> amounts) {
        List<Yaml> fields = new ArrayList<>();
        amounts.forEach((resource, amount) -> {
            Yaml field = Yaml.of("{$resource: $amount}").with("resource", Operand.qualified(resource));
            boolean whole = amount.matches("[0-9]{1,18}");
            fields.add(
                    whole
                            ? field.with("amount", Long.parseLong(amount))
                            : field.with("amount", Operand.quantity(amount)));
        });
        return Yaml.mergeFlow(fields);
    }
}
