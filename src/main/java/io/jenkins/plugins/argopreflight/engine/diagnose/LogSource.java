package io.jenkins.plugins.argopreflight.engine.diagnose;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The source of the lines of container logs that a diagnosis shows.
 *
 * @param isRead whether logs are read from the cluster
 * @param option what reads them, such as {@code --logs}, in the words of the user
 * @param followed returns the last lines, in their order, that a run followed of a container, by its pod and its name
 * @param mask masks secrets in a line
 */
public record LogSource(
        boolean isRead, String option, BiFunction<String, String, List<String>> followed, UnaryOperator<String> mask) {

    /** A diagnosis without lines of logs. */
    public static LogSource unread(String option) {
        return new LogSource(false, option, (pod, container) -> List.of(), UnaryOperator.identity());
    }

    /** A diagnosis that reads logs from the cluster. */
    public static LogSource read(String option) {
        return new LogSource(true, option, (pod, container) -> List.of(), UnaryOperator.identity());
    }

    /** The same where a run has followed logs: they count where none can be read any more. */
    public LogSource orFollowed(BiFunction<String, String, List<String>> lines) {
        return new LogSource(isRead, option, lines, mask);
    }

    /** The same with secrets masked. */
    public LogSource masking(UnaryOperator<String> secrets) {
        return new LogSource(isRead, option, followed, secrets);
    }
}
