package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The {@code flags} of a resource template, as far as they select the objects of kubectl's request.
 *
 * @param kinds the names of kinds, such as {@code deploy}, without the object's name
 * @param target the object's name
 * @param namespace the value of {@code -n}
 * @param selects whether objects are selected by label or field, or all of them
 */
public record KubectlFlags(List<String> kinds, Optional<String> target, Optional<String> namespace, boolean selects) {

    private static final Set<String> SELECTORS = Set.of("-l", "--selector", "--field-selector", "--all");
    private static final Set<String> WITH_VALUE = Set.of(
            "-n",
            "--namespace",
            "-l",
            "--selector",
            "--field-selector",
            "-p",
            "--patch",
            "--type",
            "-o",
            "--output",
            "--cascade",
            "--grace-period",
            "--timeout",
            "--field-manager",
            "-f",
            "--filename",
            "--subresource");

    /**
     * Parses the flags.
     *
     * @param flags a list of texts, as the template has it
     */
    public static KubectlFlags of(JsonNode flags) {
        List<String> arguments = new ArrayList<>();
        Optional<String> namespace = Optional.empty();
        boolean selects = false;
        for (int i = 0; i < flags.size(); i++) {
            String flag = Json.text(flags.path(i));
            if (!flag.startsWith("-")) {
                arguments.add(flag);
                continue;
            }
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            selects |= SELECTORS.contains(name);
            boolean separate = equals < 0 && WITH_VALUE.contains(name) && i + 1 < flags.size();
            if (name.equals("-n") || name.equals("--namespace")) {
                namespace = separate ? Optional.of(Json.text(flags.path(i + 1))) : value(flag, equals);
            }
            i += separate ? 1 : 0;
        }
        return of(arguments, namespace, selects);
    }

    /** Returns an element that is certainly a flag with its value after a blank, in one text: {@code "-n other"}. */
    public static Optional<String> withBlank(JsonNode flags) {
        return arguments(flags)
                .filter(flag -> flag.matches("(?s)-n +[^ {]+|--[a-z-]+ .*") && !flag.contains("{{"))
                .findFirst();
    }

    /** Returns an element that is certainly neither a flag nor the value of a flag: the kind or name of an object. */
    public static Optional<String> argument(JsonNode flags) {
        return arguments(flags)
                .filter(flag -> !flag.startsWith("-") && !flag.isBlank() && !flag.contains("{{"))
                .findFirst();
    }

    /**
     * Returns the elements whose meaning is certain, without the values of flags. The list ends at the first flag that
     * can have its value in the next element.
     */
    private static Stream<String> arguments(JsonNode flags) {
        List<String> certain = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            String flag = Json.text(flags.path(i));
            certain.add(flag);
            if (WITH_VALUE.contains(flag)) {
                i++;
            } else if (flag.contains("{{") || flag.startsWith("-") && flag.matches("[^= ]+")) {
                break;
            }
        }
        return certain.stream();
    }

    private static KubectlFlags of(List<String> arguments, Optional<String> namespace, boolean selects) {
        if (arguments.isEmpty()) {
            return new KubectlFlags(List.of(), Optional.empty(), namespace, selects);
        }
        String first = arguments.get(0);
        int slash = first.indexOf('/');
        String kinds = slash < 0 ? first : first.substring(0, slash);
        Optional<String> target = slash >= 0
                ? Optional.of(first.substring(slash + 1))
                : arguments.size() > 1 ? Optional.of(arguments.get(1)) : Optional.empty();
        return new KubectlFlags(List.of(kinds.split(",")), target, namespace, selects);
    }

    private static Optional<String> value(String flag, int equals) {
        return equals < 0 ? Optional.empty() : Optional.of(flag.substring(equals + 1));
    }

    /** Returns these flags with another namespace. */
    public KubectlFlags withNamespace(String newNamespace) {
        return new KubectlFlags(kinds, target, Optional.of(newNamespace), selects);
    }
}
