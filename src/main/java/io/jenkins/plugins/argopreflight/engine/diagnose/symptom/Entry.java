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
 * @param title with {@code {value}} for what the text or the pod says
 * @param places where its texts count
 * @param messages its texts
 * @param checks whose findings explain it, the best first; {@code id/cause} for one of its causes only
 * @param permanent whether waiting does not help; empty: as its finding says, and without one it helps
 * @param next what to do after the fix; empty: as the object to fix says
 * @param subject the object to fix where no finding names it
 * @param detail what it means
 * @param fixes what to do where no finding says it
 * @param page what only its page shows
 */
public record Entry(
        String id,
        String title,
        Set<TextOrigin> places,
        List<Pattern> messages,
        List<String> checks,
        Optional<Boolean> permanent,
        Optional<Next> next,
        Map<String, String> subject,
        String detail,
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
