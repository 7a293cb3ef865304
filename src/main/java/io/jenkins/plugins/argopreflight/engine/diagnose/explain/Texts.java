package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.time.Instant;
import java.util.Optional;

/** The form of a cluster's texts in a diagnosis: visible characters, one line, limited length. */
final class Texts {

    private static final int MAX_HEAD_CHARACTERS = 700;
    private static final int MAX_TAIL_CHARACTERS = 300;
    private static final int MAX_LOG_LINE_CHARACTERS = 300;

    private Texts() {}

    /**
     * Returns the text. Only the beginning and the end of a long text are kept, which mostly have the relevant part.
     */
    static String shortened(String text) {
        String cut = text.length() <= MAX_HEAD_CHARACTERS + MAX_TAIL_CHARACTERS
                ? text
                : text.substring(0, MAX_HEAD_CHARACTERS) + " … " + text.substring(text.length() - MAX_TAIL_CHARACTERS);
        return Visible.line(cut);
    }

    /** Returns the beginning of a line of a log. */
    static String logLine(String line) {
        return Visible.cut(Visible.line(line), MAX_LOG_LINE_CHARACTERS);
    }

    static Evidence evidence(String object, String field, String text, Optional<Instant> time) {
        return new Evidence(
                Visible.line(object),
                field,
                shortened(text),
                time.map(Instant::toString).orElse(""),
                1);
    }

    static Evidence evidence(String namespace, EventState event) {
        return new Evidence(
                event.kind() + " " + namespace + "/" + Visible.line(event.name()),
                "event " + Visible.line(event.reason()),
                shortened(event.message()),
                event.last().map(Instant::toString).orElse(""),
                event.count());
    }
}
