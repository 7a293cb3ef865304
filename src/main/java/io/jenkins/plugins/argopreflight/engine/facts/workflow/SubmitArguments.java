package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments that a trigger adds to {@code argo submit}. Source: argo-workflows cmd/argo/commands/submit.go,
 * workflow/util/util.go (ApplySubmitOpts).
 *
 * @param parameters the values of the workflow's parameters
 * @param fields the values of fields of the workflow's spec
 * @param namespace the namespace for an object that has none, and for a submitted template; {@code ""} for none
 * @param unread the arguments that change the workflow in an unknown way
 */
record SubmitArguments(
        Map<String, String> parameters, Map<String, String> fields, String namespace, List<String> unread) {

    /** Pattern of a flag that takes a value, with the flag as group 1 and a value in the same argument as group 3. */
    private static final Pattern FLAG = Pattern.compile(
            "(?s)(-[pfnlo]|--(?:parameter|parameter-file|entrypoint|serviceaccount|namespace|labels|name"
                    + "|generate-name|output|priority|instanceid|scheduled-time)(?==|$))(=?)(.*)");

    private static final Map<String, String> FIELDS =
            Map.of("--entrypoint", "entrypoint", "--serviceaccount", "serviceAccountName");

    static final SubmitArguments NONE = new SubmitArguments(Map.of(), Map.of(), "", List.of());

    /**
     * Reads the arguments.
     *
     * @param dependsOnEvent returns whether a text depends on an event
     */
    static SubmitArguments of(JsonNode arguments, Predicate<String> dependsOnEvent) {
        Map<String, String> parameters = new HashMap<>();
        Map<String, String> fields = new HashMap<>();
        List<String> unread = new ArrayList<>();
        String namespace = "";
        if (dependsOnEvent.test(Json.text(arguments))) {
            unread.add("args");
        }
        Iterator<JsonNode> remaining = arguments.iterator();
        while (remaining.hasNext()) {
            String argument = Json.text(remaining.next());
            Matcher matcher = FLAG.matcher(argument);
            if (!matcher.matches()) {
                if (dependsOnEvent.test(argument)) {
                    unread.add(argument);
                }
                continue;
            }
            boolean isAttached = matcher.end(1) < argument.length();
            String value = isAttached || !remaining.hasNext() ? matcher.group(3) : Json.text(remaining.next());
            String flag = matcher.group(1);
            int equals = value.indexOf('=');
            switch (flag) {
                case "-p", "--parameter" -> {
                    if (dependsOnEvent.test(equals < 0 ? value : value.substring(0, equals))) {
                        unread.add(argument);
                    } else if (equals > 0) {
                        parameters.put(value.substring(0, equals), value.substring(equals + 1));
                    }
                }
                case "-f", "--parameter-file" -> unread.add(argument);
                case "-n", "--namespace" -> namespace = value;
                default -> {
                    if (FIELDS.containsKey(flag) && !value.isEmpty()) {
                        fields.put(FIELDS.get(flag), value);
                    }
                }
            }
        }
        return new SubmitArguments(parameters, fields, namespace, unread);
    }
}
