package io.jenkins.plugins.argopreflight.engine.util.text;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags {@code {{…}}} in the texts of a manifest: those of Argo, and those of other programs, which Argo does not
 * replace.
 */
public final class Tags {

    /** First parts of the names of Argo's variables. */
    public static final Set<String> ROOTS = Set.of(
            "workflow",
            "inputs",
            "outputs",
            "steps",
            "tasks",
            "item",
            "pod",
            "node",
            "retries",
            "lastRetry",
            "cronworkflow");

    /** The prefix of this plugin's variables for values that an event supplies. Argo has no variable with a colon. */
    private static final String EVENT_PREFIX = "event:";

    private static final Pattern EVENT_VARIABLE = Pattern.compile("\\{\\{" + EVENT_PREFIX + "[^{}]*+}}");

    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Tags() {}

    /**
     * Returns a variable for a value that an event supplies.
     *
     * @param destination name of the field that gets the value, without braces
     */
    public static String eventVariable(String destination) {
        return "{{" + EVENT_PREFIX + destination + "}}";
    }

    /**
     * Returns the text with other texts in place of the variables for values of events.
     *
     * @param ofEvents the variables to replace, with braces
     * @param by returns the replacement of a variable
     */
    public static String replace(String text, Set<String> ofEvents, UnaryOperator<String> by) {
        return ofEvents.isEmpty() || !text.contains("{{" + EVENT_PREFIX)
                ? text
                : EVENT_VARIABLE
                        .matcher(text)
                        .replaceAll(variable -> Matcher.quoteReplacement(
                                ofEvents.contains(variable.group()) ? by.apply(variable.group()) : variable.group()));
    }

    /** Returns the first tag of another program in a text, such as Helm's {@code {{ .Values.tag }}}, or empty. */
    public static Optional<String> otherProgramsTag(String text) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            String name = tag.group(1);
            if (!name.startsWith("=")
                    && !name.startsWith(EVENT_PREFIX)
                    && !ROOTS.contains(name.replaceFirst("[^A-Za-z0-9_].*", ""))) {
                return Optional.of(tag.group());
            }
        }
        return Optional.empty();
    }
}
