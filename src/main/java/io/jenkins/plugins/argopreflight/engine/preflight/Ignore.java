package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RetiredCheck;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A check whose findings shall not count.
 *
 * @param check its id; a removed check is accepted and has no effect
 * @param reason why, for the report; can be ""
 * @param until the last day on which it holds; empty forever. One that has expired is a note of the report.
 */
public record Ignore(String check, String reason, Optional<LocalDate> until) {

    /** What is wrong with the id of a check; empty for nothing. */
    public static Optional<String> problem(String id) {
        List<String> ids = Checks.all().stream().map(check -> check.info().id()).toList();
        return ids.contains(id) || RetiredCheck.of(id).isPresent() ? Optional.empty() : Optional.of(unknown(id, ids));
    }

    /** Returns a warning about the id of a check that was removed; empty for other ids. */
    public static Optional<String> warning(String id) {
        return RetiredCheck.of(id).map(RetiredCheck::message);
    }

    static String unknown(String id, List<String> ids) {
        Optional<String> near = Nearest.of(id, ids);
        return "there is no check \"" + id + "\" to ignore"
                + near.map("; did you mean %s?"::formatted).orElse(" (argo-preflight checks lists them)");
    }
}
