package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.FindingOrder;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The result of a preflight as plain data, described by {@code docs/report.schema.json}; it is written to JSON and read
 * back without loss. It contains no secret. Absent texts are {@code ""}.
 *
 * @param subjects the workflows and other objects that were checked
 * @param pods the distinct pods that Argo will create
 * @param pulls the pulls of images, with their credentials and answers
 * @param permissions the rights that are needed, with their users and answers
 * @param findings the causes, each with its consequences, without suppressed findings. The list begins with the cause
 *     that ends the workflow before the others
 * @param ignored the suppressed findings, with their consequences
 * @param notes statements about the run, which no gate counts
 * @param checks the outcome of each check
 * @param unknown the facts that could not be read
 * @param missingRole the smallest Role and binding with the rights to read them, as YAML
 * @param recorded the state of images and objects, to compare a later run with it; none in reports of versions that did
 *     not record it
 */
public record Report(
        int schemaVersion,
        Request request,
        Identity identity,
        Versions versions,
        RunResult result,
        List<SubjectRow> subjects,
        List<PodRow> pods,
        List<PullRow> pulls,
        List<PermissionRow> permissions,
        List<Finding> findings,
        List<IgnoredFinding> ignored,
        List<Note> notes,
        List<CheckRow> checks,
        List<UnknownRow> unknown,
        String missingRole,
        Cost cost,
        RecordedState recorded) {

    public static final int SCHEMA_VERSION = 1;

    public Report {
        notes = notes == null ? List.of() : List.copyOf(notes);
        recorded = Objects.requireNonNullElse(recorded, RecordedState.NONE);
    }

    /** The request. */
    public record Request(String command, String namespace, Gate failOn, List<String> ignore) {}

    /** The user whose credentials were used; {@code ""} if the API server did not report it. */
    public record Identity(String user, List<String> groups) {}

    /**
     * The versions, and the cluster that was asked.
     *
     * @param argoAssumed whether the version of Argo could not be read, so that another source or the newest release
     *     was taken
     * @param cluster the URL of the API server or the folder of the snapshot; {@code ""} for none
     * @param proxy the host and port of the proxy that resolves the API server's name; {@code ""} for none
     */
    public record Versions(String kubernetes, String argo, boolean argoAssumed, String cluster, String proxy) {

        /** Accepts a report of a version without proxies. */
        public Versions {
            proxy = Objects.requireNonNullElse(proxy, "");
        }

        /**
         * Returns a sentence on the proxy of the API server; {@code ""} if there is no proxy. Argo Preflight then
         * checked the address itself.
         */
        public String way() {
            return proxy.isEmpty() ? "" : way(proxy);
        }

        /** Returns a sentence on a proxy of the API server. */
        public static String way(String proxy) {
            return "The API server is asked through the proxy " + proxy + ", which resolves its name.";
        }
    }

    /**
     * An object that was checked.
     *
     * @param triggers the triggers of Sensors that create or start it, such as {@code trigger build of Sensor webhook}
     *     for the trigger {@code build} of the Sensor {@code webhook}
     * @param suppliedByCaller the parts that a template lacks and its caller supplies, such as {@code volume work} for
     *     the volume {@code work}
     */
    public record SubjectRow(
            String file,
            int line,
            String kind,
            String namespace,
            String name,
            List<String> triggers,
            List<String> suppliedByCaller) {

        /** Accepts a report of a version without these two lists. */
        public SubjectRow {
            triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
            suppliedByCaller = List.copyOf(Objects.requireNonNullElse(suppliedByCaller, List.of()));
        }
    }

    /**
     * A pod that Argo will create.
     *
     * @param name the name, with {@code *} for parts that are not known before the workflow runs
     * @param count the number of such pods
     * @param countOpen whether there can be more pods
     * @param conditions the conditions on which it is created
     */
    public record PodRow(
            String name,
            String namespace,
            String workflow,
            String template,
            ArgoPod.Kind kind,
            String serviceAccount,
            long count,
            boolean countOpen,
            List<String> conditions,
            String createdBy) {}

    /** A right that is needed. */
    public record PermissionRow(
            String subject,
            NeededRight.Party party,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            RightAnswer answer,
            String neededFor,
            String source) {

        /** The answers to the question for a right, the worst first. */
        public enum RightAnswer {
            NO,
            /** The right could not be checked. */
            UNKNOWN,
            YES;

            /** Returns the word that reports use. */
            public String label() {
                return Label.of(this);
            }
        }
    }

    /** A suppressed finding. */
    public record IgnoredFinding(Finding finding, String reason, String until) {}

    /** The outcome of a check. */
    public record CheckRow(String id, String summary, String topic, Outcome outcome) {
        public static CheckRow of(CheckInfo info, Outcome outcome) {
            return new CheckRow(info.id(), info.summary(), Label.of(info.topic()), outcome);
        }
    }

    /**
     * A fact that could not be read.
     *
     * @param fact such as {@code pods in namespace ci}; for a whole source the name of {@link Unavailable.Source}
     * @param asked whether the request of the preflight includes the fact. If so, a result without findings is not a
     *     pass
     */
    public record UnknownRow(String fact, String reason, String missingRight, boolean asked) {}

    /** The requests and the time that a preflight took. */
    public record Cost(long apiCalls, long registryCalls, long wallMillis) {}

    /**
     * Returns the ids of the findings, in their order. An id is unique in the report, and equal for the same finding in
     * the next run. It depends on the check, the object to fix and the title, not on a line or a number.
     */
    public List<String> ids() {
        Iterator<String> all = allIds().iterator();
        List<String> ids = new ArrayList<>();
        for (Finding finding : findings) {
            ids.add(all.next());
            finding.consequences().forEach(consequence -> all.next());
        }
        return ids;
    }

    /** Returns the ids of {@link #all()}. The id of a finding does not depend on its position. */
    public List<String> allIds() {
        return ids(all());
    }

    /** Returns each finding, followed by its consequences. */
    public List<Finding> all() {
        return findings.stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding), finding.consequences().stream()))
                .toList();
    }

    /**
     * Returns this report for a comparison. A new finding below a known cause is moved beside the cause, since the new
     * one counts and the cause does not.
     *
     * @param known the ids of the known findings, as {@link #allIds()} returns them
     */
    public Report withNewFindingsSeparate(Set<String> known) {
        Iterator<String> ids = allIds().iterator();
        List<Finding> lifted = new ArrayList<>();
        for (Finding cause : findings) {
            boolean isKnown = known.contains(ids.next());
            List<Finding> remaining = new ArrayList<>();
            List<Finding> added = new ArrayList<>();
            for (Finding consequence : cause.consequences()) {
                (known.contains(ids.next()) || !isKnown ? remaining : added).add(consequence);
            }
            lifted.add(added.isEmpty() ? cause : cause.with(remaining));
            lifted.addAll(added);
        }
        return withRows(FindingOrder.byOutcome(lifted), permissions, unknown);
    }

    /** Returns the ids of findings, in their order. */
    public static List<String> ids(List<Finding> findings) {
        return Fingerprint.of(findings);
    }

    /** Returns this report with another gate and its result. */
    public Report judged(Gate gate, RunResult newResult) {
        return with(
                new Request(request.command(), request.namespace(), gate, request.ignore()),
                newResult,
                permissions,
                findings,
                ignored,
                unknown);
    }

    /**
     * Returns this report with the known findings suppressed, and with the result that a gate gives to the other
     * findings. The run of this report had {@link Gate#NEVER}. A known finding that could not be checked is not
     * suppressed.
     *
     * @param ids the ids of the known findings, as {@link #allIds()} returns them
     * @param reason the reason of the suppression
     */
    public Report suppressing(Set<String> ids, String reason, Gate gate) {
        Report comparable = withNewFindingsSeparate(ids);
        Iterator<String> remainingIds = comparable.ids().iterator();
        List<Finding> active = new ArrayList<>();
        List<IgnoredFinding> suppressed = new ArrayList<>(ignored);
        boolean failed = false;
        for (Finding finding : comparable.findings) {
            boolean known = ids.contains(remainingIds.next());
            failed |= !known && gate.fails(finding);
            if (known && finding.outcome() != Outcome.UNKNOWN) {
                suppressed.add(new IgnoredFinding(finding, reason, ""));
            } else {
                active.add(finding);
            }
        }
        return with(request, result, permissions, active, suppressed, unknown)
                .judged(gate, failed ? RunResult.FAILED : gate.resultWithoutFailure(result, pulls));
    }

    /**
     * Returns this report with the texts of the findings and their consequences rewritten. Their order and number stay.
     */
    public Report worded(UnaryOperator<Finding> rewriting) {
        return worded(rewriting, UnaryOperator.identity());
    }

    /**
     * Returns this report with the texts of the findings, of the suppressed findings and of their consequences
     * rewritten.
     *
     * @param suppressed rewrites a suppressed finding
     */
    public Report worded(UnaryOperator<Finding> rewriting, UnaryOperator<Finding> suppressed) {
        return with(
                request,
                result,
                permissions,
                findings.stream().map(finding -> finding.worded(rewriting)).toList(),
                ignored.stream()
                        .map(each -> new IgnoredFinding(each.finding().worded(suppressed), each.reason(), each.until()))
                        .toList(),
                unknown);
    }

    /** Returns this report with other lists of findings, rights and unknown facts. */
    public Report withRows(List<Finding> findings, List<PermissionRow> permissions, List<UnknownRow> unknown) {
        return with(request, result, permissions, findings, ignored, unknown);
    }

    private Report with(
            Request request,
            RunResult result,
            List<PermissionRow> permissions,
            List<Finding> findings,
            List<IgnoredFinding> ignored,
            List<UnknownRow> unknown) {
        return new Report(
                schemaVersion,
                request,
                identity,
                versions,
                result,
                subjects,
                pods,
                pulls,
                permissions,
                findings,
                ignored,
                notes,
                checks,
                unknown,
                missingRole,
                cost,
                recorded);
    }
}
