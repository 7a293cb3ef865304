package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags {@code {{…}}} in a manifest's texts: Argo's, and those of other programs, which Argo leaves as they are. */
public final class Tags {

    /** What the variables of Argo begin with. */
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

    /** The beginning of our variables for values that come with an event; no variable of Argo has a colon. */
    private static final String EVENT = "event:";

    private static final Pattern OF_EVENT = Pattern.compile("\\{\\{" + EVENT + "[^{}]*+}}");

    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Tags() {}

    /** A variable for a value that comes with an event. @param destination of the value, without braces */
    public static String ofEvent(String destination) {
        return "{{" + EVENT + destination + "}}";
    }

    /** The text with something else in place of those of the variables that are in it. */
    public static String replace(String text, Set<String> ofEvents, UnaryOperator<String> by) {
        return ofEvents.isEmpty() || !text.contains("{{" + EVENT)
                ? text
                : OF_EVENT.matcher(text)
                        .replaceAll(variable -> Matcher.quoteReplacement(
                                ofEvents.contains(variable.group()) ? by.apply(variable.group()) : variable.group()));
    }

    /** The first tag of another program in a text, such as Helm's {@code {{ .Values.tag }}}. */
    public static Optional<String> foreign(String text) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            String name = tag.group(1);
            if (!name.startsWith("=")
                    && !name.startsWith(EVENT)
                    && !ROOTS.contains(name.replaceFirst("[^A-Za-z0-9_].*", ""))) {
                return Optional.of(tag.group());
            }
        }
        return Optional.empty();
    }
}
