package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.time.Instant;
import java.util.Optional;

/** Texts from a cluster as a diagnosis shows them: visible, in one line, and bounded. */
final class Texts {

    private static final int HEAD = 700;
    private static final int TAIL = 300;
    private static final int LOG_LINE = 300;

    private Texts() {}

    /** The begin and the end of a long text: what matters is mostly at one of them. */
    static String shown(String text) {
        String cut = text.length() <= HEAD + TAIL
                ? text
                : text.substring(0, HEAD) + " … " + text.substring(text.length() - TAIL);
        return Visible.line(cut);
    }

    /** The beginning of a line of a log. */
    static String logLine(String line) {
        return Visible.cut(Visible.line(line), LOG_LINE);
    }

    static Evidence evidence(String object, String field, String text, Optional<Instant> time) {
        return new Evidence(
                Visible.line(object),
                field,
                shown(text),
                time.map(Instant::toString).orElse(""),
                1);
    }

    static Evidence evidence(String namespace, EventState event) {
        return new Evidence(
                event.kind() + " " + namespace + "/" + Visible.line(event.name()),
                "event " + Visible.line(event.reason()),
                shown(event.message()),
                event.last().map(Instant::toString).orElse(""),
                event.count());
    }
}
