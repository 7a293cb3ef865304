package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RetiredCheck;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A suppression: the findings of a check are not counted.
 *
 * @param check the id of the check; a removed check is accepted and has no effect
 * @param reason the reason, for the report; can be {@code ""}
 * @param until the last valid day; empty for no end. The report has a note about an expired suppression.
 */
public record Suppression(String check, String reason, Optional<LocalDate> until) {

    /** Returns the problem of a check's id; empty for a valid id. */
    public static Optional<String> problem(String id) {
        List<String> ids = Checks.all().stream().map(check -> check.info().id()).toList();
        return ids.contains(id) || RetiredCheck.of(id).isPresent() ? Optional.empty() : Optional.of(unknown(id, ids));
    }

    /** Returns a warning about the id of a check that was removed; empty for other ids. */
    public static Optional<String> warning(String id) {
        return RetiredCheck.of(id).map(RetiredCheck::message);
    }

    static String unknown(String id, List<String> ids) {
        Optional<String> nearest = SimilarNames.of(id, ids);
        return "there is no check \"" + id + "\" to ignore"
                + nearest.map("; did you mean %s?"::formatted).orElse(" (argo-preflight checks lists them)");
    }
}
