package io.jenkins.plugins.argopreflight.engine.check;

import java.util.Objects;

/**
 * What a check is, for its page, the list of checks and the reports.
 *
 * @param id in kebab case, for ever the same: people write it into {@code --ignore}
 * @param summary one line: what is wrong when it finds something
 * @param severity of what it finds
 */
public record CheckInfo(String id, String summary, Severity severity, Topic topic) {

    public CheckInfo {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("check id \"" + id + "\" is not kebab case");
        }
    }
}
