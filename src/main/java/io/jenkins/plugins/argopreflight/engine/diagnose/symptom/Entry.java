package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One problem of the table: how it shows, what it means and what fixes it.
 *
 * @param id of the preflight check that knows the problem, else its own
 * @param titles with {@code {value}} for what the text or the pod says; the first of which every value is known counts
 * @param places where its texts count
 * @param messages its texts
 * @param checks whose findings explain it, the best first; {@code id/cause} for one of its causes only
 * @param permanent whether waiting does not help; empty: as its finding says, and without one it helps
 * @param next what to do after the fix; empty: as the object to fix says
 * @param subject the object to fix where no finding names it
 * @param details what it means; the first of which every value is known counts
 * @param fixes what to do where no finding says it
 * @param page what only its page shows
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
     * For docs/symptoms.md.
     *
     * @param versions which versions write which text
     * @param causes what leads to it
     * @param distinguish how to find out which of them it is
     * @param sources issues, or the code that writes the text
     */
    public record Page(String versions, List<String> causes, String distinguish, List<String> sources) {}

    /** The title where every value is known. */
    public String title() {
        return titles.get(0);
    }

    /** The detail where every value is known. */
    public String detail() {
        return details.get(0);
    }

    /** The values of the first of its texts that fits; empty when none does, or it was seen elsewhere. */
    Optional<Map<String, String>> match(TextOrigin place, String text) {
        return places.contains(place)
                ? messages.stream()
                        .map(message -> message.match(text))
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
