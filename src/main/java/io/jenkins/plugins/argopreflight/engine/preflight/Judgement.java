package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.CheckResult;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RetiredCheck;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which findings count, in which order, and what they come to: a request's ignores and its gate. */
public final class Judgement {

    /** The check that finds suppressions that no longer hold. */
    public static final CheckInfo EXPIRED =
            new CheckInfo("ignore-expired", "A suppression has expired", Severity.WARNING, Topic.WORKFLOW);

    private static final CheckInfo RETIRED =
            new CheckInfo(EXPIRED.id(), "A suppression names a removed check", Severity.NOTE, Topic.WORKFLOW);

    private static final List<Outcome> WORST_FIRST = List.of(Outcome.FAIL, Outcome.WARN, Outcome.UNKNOWN);

    private final PreflightRequest request;
    private final Map<String, Ignore> ignores = new LinkedHashMap<>();
    /** Findings about suppressions that have no effect. */
    private final List<Finding> stale = new ArrayList<>();

    /** @throws IllegalArgumentException when a suppression names no check */
    public Judgement(PreflightRequest request, List<CheckInfo> checks) {
        this.request = request;
        List<String> ids = checks.stream().map(CheckInfo::id).toList();
        Set<RetiredCheck> retired = new LinkedHashSet<>();
        for (Ignore ignore : request.ignores()) {
            Optional<RetiredCheck> former = RetiredCheck.of(ignore.check());
            if (former.isPresent()) {
                retired.add(former.get());
                continue;
            }
            if (!ids.contains(ignore.check())) {
                throw new IllegalArgumentException(Ignore.unknown(ignore.check(), ids));
            }
            boolean over =
                    ignore.until().filter(day -> request.today().isAfter(day)).isPresent();
            if (over) {
                stale.add(expired(ignore));
            } else {
                ignores.put(ignore.check(), ignore);
            }
        }
        if (!retired.isEmpty()) {
            stale.add(retired(List.copyOf(retired)));
        }
    }

    /** Those that count, the worst first. */
    public List<Finding> counted(List<CheckResult> results) {
        return all(results).filter(finding -> !isIgnored(finding)).toList();
    }

    public List<Report.IgnoredFinding> ignored(List<CheckResult> results) {
        return all(results)
                .filter(this::isIgnored)
                .map(finding -> {
                    Ignore ignore = Objects.requireNonNull(ignores.get(finding.check()));
                    return new Report.IgnoredFinding(
                            finding,
                            ignore.reason(),
                            ignore.until().map(Object::toString).orElse(""));
                })
                .toList();
    }

    public List<Report.CheckRow> checks(List<CheckResult> results) {
        List<Report.CheckRow> rows = new ArrayList<>();
        results.forEach(result -> rows.add(Report.CheckRow.of(result.info(), result.outcome())));
        Outcome outcome = stale.isEmpty() ? Outcome.PASS : Outcome.WARN;
        rows.add(Report.CheckRow.of(EXPIRED, request.ignores().isEmpty() ? Outcome.SKIPPED : outcome));
        return rows;
    }

    /** @param unchecked whether something that was asked could not be checked */
    public RunResult result(List<CheckResult> results, boolean unchecked) {
        boolean failed = counted(results).stream().anyMatch(request.gate()::fails);
        return failed ? RunResult.FAILED : unchecked ? RunResult.UNCHECKED : RunResult.OK;
    }

    private Stream<Finding> all(List<CheckResult> results) {
        return Stream.concat(results.stream().flatMap(result -> result.findings().stream()), stale.stream())
                .sorted(Comparator.comparing((Finding finding) -> WORST_FIRST.indexOf(finding.outcome()))
                        .thenComparing(Finding::severity));
    }

    private boolean isIgnored(Finding finding) {
        return ignores.containsKey(finding.check());
    }

    private static Finding retired(List<RetiredCheck> checks) {
        return Finding.warn(
                        RETIRED,
                        Subject.of("Ignore", "", checks.get(0).id(), ""),
                        "These suppressions have no effect: "
                                + checks.stream().map(RetiredCheck::message).collect(Collectors.joining("; ")) + ".")
                .title("A suppression names a check that was removed")
                .fix(AskPerson.reader("remove the suppression of "
                        + checks.stream().map(RetiredCheck::id).collect(Collectors.joining(", "))));
    }

    private Finding expired(Ignore ignore) {
        String last = ignore.until().orElseThrow().toString();
        return Finding.warn(
                        EXPIRED,
                        Subject.of("Ignore", "", ignore.check(), ""),
                        "The suppression of " + ignore.check()
                                + (ignore.reason().isEmpty() ? "" : " (" + ignore.reason() + ")") + " was valid until "
                                + last + ": its findings count again.")
                .fix(AskPerson.reader("fix what " + ignore.check() + " finds, or give the suppression a later day"));
    }
}
