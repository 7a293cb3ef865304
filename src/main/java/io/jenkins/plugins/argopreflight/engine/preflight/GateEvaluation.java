package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.CheckResult;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.FindingOrder;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RetiredCheck;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The evaluation of findings by the suppressions and the gate of a request. */
public final class GateEvaluation {

    private final PreflightRequest request;
    private final Map<String, Suppression> ignores = new LinkedHashMap<>();
    /** The notes on suppressions that have no effect. */
    private final List<Note> ineffective = new ArrayList<>();

    /**
     * Reads the suppressions of a request.
     *
     * @throws IllegalArgumentException if a suppression names an unknown check
     */
    public GateEvaluation(PreflightRequest request, List<CheckInfo> checks) {
        this.request = request;
        List<String> ids = checks.stream().map(CheckInfo::id).toList();
        Set<RetiredCheck> retired = new LinkedHashSet<>();
        for (Suppression ignore : request.gateOptions().ignores()) {
            Optional<RetiredCheck> retiredCheck = RetiredCheck.of(ignore.check());
            if (retiredCheck.isPresent()) {
                retired.add(retiredCheck.get());
                continue;
            }
            if (!ids.contains(ignore.check())) {
                throw new IllegalArgumentException(Suppression.unknown(ignore.check(), ids));
            }
            boolean isExpired =
                    ignore.until().filter(day -> request.today().isAfter(day)).isPresent();
            if (isExpired) {
                ineffective.add(expired(ignore));
            } else {
                ignores.put(ignore.check(), ignore);
            }
        }
        if (!retired.isEmpty()) {
            ineffective.add(retired(List.copyOf(retired)));
        }
    }

    /** Returns the results without the suppressed findings. A suppressed finding is not the cause of another one. */
    public List<CheckResult> counted(List<CheckResult> results) {
        return results.stream()
                .map(result -> isIgnored(result.info().id())
                        ? new CheckResult(result.info(), result.outcome(), List.of())
                        : result)
                .toList();
    }

    /** Returns the suppressed findings, in the order of reports. */
    public List<Report.IgnoredFinding> ignored(List<CheckResult> results) {
        return FindingOrder.of(results).stream()
                .filter(finding -> isIgnored(finding.check()))
                .map(finding -> {
                    Suppression ignore = Objects.requireNonNull(ignores.get(finding.check()));
                    return new Report.IgnoredFinding(
                            finding,
                            ignore.reason(),
                            ignore.until().map(Object::toString).orElse(""));
                })
                .toList();
    }

    /** Returns the outcome of each check. */
    public List<Report.CheckRow> checks(List<CheckResult> results) {
        return results.stream()
                .map(result -> Report.CheckRow.of(result.info(), result.outcome()))
                .toList();
    }

    /** Returns the notes on suppressions that have no effect, then the other notes. */
    public List<Note> notes(List<Note> others) {
        return Stream.concat(ineffective.stream(), others.stream()).toList();
    }

    /**
     * Returns the result by the gate of the request.
     *
     * @param findings the findings without the suppressed ones
     * @param unchecked whether a requested fact could not be checked
     */
    public RunResult result(List<Finding> findings, boolean unchecked, List<PullRow> pulls) {
        Gate gate = request.gateOptions().gateBeforeComparison();
        boolean failed = findings.stream().anyMatch(gate::fails);
        return failed
                ? RunResult.FAILED
                : gate.resultWithoutFailure(unchecked ? RunResult.UNCHECKED : RunResult.OK, pulls);
    }

    private boolean isIgnored(String check) {
        return ignores.containsKey(check);
    }

    private static Note retired(List<RetiredCheck> checks) {
        return Note.of(
                Note.Kind.IGNORE_RETIRED,
                subject(checks.get(0).id()),
                "A suppression names a check that was removed",
                "These suppressions have no effect and can be removed: "
                        + checks.stream().map(RetiredCheck::message).collect(Collectors.joining("; ")) + ".");
    }

    private static Note expired(Suppression ignore) {
        String lastDay = ignore.until().orElseThrow().toString();
        return Note.of(
                Note.Kind.IGNORE_EXPIRED,
                subject(ignore.check()),
                Title.format("The suppression of %s has expired", ignore.check()),
                "It was valid until " + lastDay + (ignore.reason().isEmpty() ? "" : " (" + ignore.reason() + ")")
                        + ": its findings count again. Fix them, or give the suppression a later day.");
    }

    private static Subject subject(String check) {
        return Subject.of("Ignore", "", check, "");
    }
}
