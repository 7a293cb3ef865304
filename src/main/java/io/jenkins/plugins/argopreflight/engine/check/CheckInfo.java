package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a check is, for its page, the list of checks and the reports.
 *
 * @param id in kebab case, forever the same: people write it into {@code --ignore}
 * @param summary one line: what is wrong when it finds something
 * @param severity of what it finds
 * @param ending how what it finds ends the node of a pod
 * @param needs what it reads besides the given files; none: it is never UNKNOWN because something could not be read
 */
public record CheckInfo(String id, String summary, Severity severity, Topic topic, Ending ending, List<Need> needs) {

    public CheckInfo {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(ending, "ending");
        needs = List.copyOf(needs);
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*+")) {
            throw new IllegalArgumentException("check id \"" + id + "\" is not kebab case");
        }
    }

    /** A check that reads given files only and whose findings end the node in Error, until it says otherwise. */
    public CheckInfo(String id, String summary, Severity severity, Topic topic) {
        this(id, summary, severity, topic, Ending.ERROR, List.of());
    }

    /** The same where what it finds ends the node otherwise. */
    public CheckInfo ending(Ending other) {
        return new CheckInfo(id, summary, severity, topic, other, needs);
    }

    /** The same with what it needs; nothing: it reads given files only. */
    public CheckInfo needing(Need... what) {
        return new CheckInfo(id, summary, severity, topic, ending, List.of(what));
    }

    /** What it needs, for a line: {@code list nodes, registries}. */
    public String needed() {
        return needs.isEmpty()
                ? "only the given files"
                : needs.stream().map(Need::toString).collect(Collectors.joining(", "));
    }
}
