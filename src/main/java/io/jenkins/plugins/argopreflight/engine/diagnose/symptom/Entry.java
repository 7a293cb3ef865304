package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A problem of the symptom table: its texts, its meaning and its fixes.
 *
 * @param id the id of the preflight check that finds the problem, else its own
 * @param titles the titles, with {@code {value}} for values from the text or the pod; the first whose values are known
 *     is used
 * @param places the origins of its texts
 * @param messages its texts
 * @param checks the checks whose findings explain it, the best first; {@code id/cause} for one of a check's causes only
 * @param permanent whether waiting does not help; empty to take it from the finding, and false without one
 * @param next the action after the fix; empty to derive it from the object to fix
 * @param subject the object to fix if no finding names it
 * @param details the meanings; the first whose values are known is used
 * @param fixes the fixes if no finding has any
 * @param page the parts that only its page shows
 */
public record Entry(
        String id,
        List<String> titles,
        Set<TextOrigin> places,
        List<Pattern> messages,
        List<String> checks,
        Optional<Boolean> permanent,
        Optional<Next> next,
        Map<String, String> subject,
        List<String> details,
        List<FixTemplate> fixes,
        Page page) {

    /**
     * The parts of an entry for docs/symptoms.md.
     *
     * @param versions the versions that write each text
     * @param causes the causes of the problem
     * @param distinguish how to find out which of the causes it is
     * @param sources issues, or the code that writes the text
     */
    public record Page(String versions, List<String> causes, String distinguish, List<String> sources) {}

    /** Returns the title for the case that each value is known. */
    public String title() {
        return titles.get(0);
    }

    /** Returns the detail for the case that each value is known. */
    public String detail() {
        return details.get(0);
    }

    /** Returns the values of the first matching text; empty if none matches, or the origin is another one. */
    Optional<Map<String, String>> match(TextOrigin origin, String text) {
        return places.contains(origin)
                ? messages.stream()
                        .map(message -> message.match(text))
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
