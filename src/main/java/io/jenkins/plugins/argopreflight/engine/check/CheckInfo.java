package io.jenkins.plugins.argopreflight.engine.check;

import java.util.List;
import java.util.Objects;

/**
 * What a check is, for its page, the list of checks and the reports.
 *
 * @param id in kebab case, for ever the same: people write it into {@code --ignore}
 * @param summary one line: what is wrong when it finds something
 * @param severity of what it finds
 * @param needs what must be read besides the given files, in words such as {@code nodes}; none: it is never UNKNOWN
 */
public record CheckInfo(String id, String summary, Severity severity, Topic topic, List<String> needs) {

    public CheckInfo {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        needs = List.copyOf(needs);
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*+")) {
            throw new IllegalArgumentException("check id \"" + id + "\" is not kebab case");
        }
    }

    /** A check that needs the cluster or registries. */
    public CheckInfo(String id, String summary, Severity severity, Topic topic) {
        this(id, summary, severity, topic, List.of("the cluster"));
    }

    /** The same with what it needs; nothing: it reads given files only. */
    public CheckInfo needing(String... what) {
        return new CheckInfo(id, summary, severity, topic, List.of(what));
    }
}
