package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.Optional;
import java.util.Set;
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
    public static final String EVENT = "event:";

    private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private Tags() {}

    /** The first tag of another program in a text, such as Helm's {@code {{ .Values.tag }}}. */
    public static Optional<String> foreign(String text) {
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            String name = tag.group(1);
            if (!name.startsWith("=") && !name.startsWith(EVENT) && !ROOTS.contains(name.replaceFirst("[^A-Za-z0-9_].*", ""))) {
                return Optional.of(tag.group());
            }
        }
        return Optional.empty();
    }
}
