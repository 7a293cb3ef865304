package io.jenkins.plugins.argopreflight.engine.diagnose;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The source of the lines of container logs that a diagnosis shows.
 *
 * @param isRead whether logs are read from the cluster
 * @param option the option that reads them, such as {@code --logs}, in the spelling of the user interface
 * @param followed returns the last lines of a container that a run followed, in their order, by the pod and the
 *     container's name
 * @param mask masks secrets in a line
 */
public record LogSource(
        boolean isRead, String option, BiFunction<String, String, List<String>> followed, UnaryOperator<String> mask) {

    /** Returns a source without lines. */
    public static LogSource unread(String option) {
        return new LogSource(/* isRead= */ false, option, (pod, container) -> List.of(), UnaryOperator.identity());
    }

    /** Returns a source that reads logs from the cluster. */
    public static LogSource read(String option) {
        return new LogSource(/* isRead= */ true, option, (pod, container) -> List.of(), UnaryOperator.identity());
    }

    /** Returns this source with the lines that a run followed, which are used if a log can no longer be read. */
    public LogSource orFollowed(BiFunction<String, String, List<String>> lines) {
        return new LogSource(isRead, option, lines, mask);
    }

    /** Returns this source with secrets masked. */
    public LogSource masking(UnaryOperator<String> secrets) {
        return new LogSource(isRead, option, followed, secrets);
    }
}
