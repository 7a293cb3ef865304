package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A preflight's whole outcome as plain data: what {@code docs/report.schema.json} describes, written to JSON and read
 * back without loss. Nothing in it is a secret. Absent texts are "".
 *
 * @param subjects the workflows and other objects that were judged
 * @param pods the distinct pods that Argo will create
 * @param pulls who pulls what, with which credentials
 * @param permissions who needs which right, and who has it
 * @param findings the causes that were found, the one that ends the workflow first, each with what only follows from it;
 *     ignored ones are not among them
 * @param ignored what was found and shall not count, with what only follows from it
 * @param notes statements about the run, which no gate counts
 * @param checks each check's outcome
 * @param unknown what could not be checked
 * @param missingRole the smallest Role and binding that would let us look at it, as YAML
 * @param recorded what was read of images and objects, to compare a later run with it; none in reports of versions that
 *     did not record it
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

    /** The fact of {@link UnknownRow} when no request to the API server was answered, or none was made. */
    public static final String CLUSTER = Unavailable.CLUSTER;

    /** The fact of {@link UnknownRow} when no registry was asked. */
    public static final String REGISTRIES = Unavailable.REGISTRIES;

    public Report {
        notes = notes == null ? List.of() : List.copyOf(notes);
        recorded = Objects.requireNonNullElse(recorded, RecordedState.NONE);
    }

    /** What was asked for. */
    public record Request(String command, String namespace, String failOn, List<String> ignore) {}

    /** Whom the API server takes us for; "" when it could not show. */
    public record Identity(String user, List<String> groups) {}

    /**
     * What was asked.
     *
     * @param cluster the API server's URL or the snapshot's folder; "" when none was asked
     * @param proxy host and port of the proxy that resolves the API server's name; "" for none
     */
    public record Versions(String kubernetes, String argo, String cluster, String proxy) {

        /** A report that was written before has no proxy. */
        public Versions {
            proxy = Objects.requireNonNullElse(proxy, "");
        }

        /** One sentence on the way to the API server; "" when its address was checked here. */
        public String way() {
            return proxy.isEmpty() ? "" : way(proxy);
        }

        /** The same for a proxy. */
        public static String way(String proxy) {
            return "The API server is asked through the proxy " + proxy + ", which resolves its name.";
        }
    }

    /**
     * An object that was judged.
     *
     * @param triggers the triggers of Sensors that make or start it, {@code trigger build of Sensor webhook}
     * @param suppliedByCaller the parts that a template on its own lacks and its caller supplies, {@code volume work}
     */
    public record SubjectRow(
            String file,
            int line,
            String kind,
            String namespace,
            String name,
            List<String> triggers,
            List<String> suppliedByCaller) {

        /** A report that was written before has no triggers and no such parts. */
        public SubjectRow {
            triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
            suppliedByCaller = List.copyOf(Objects.requireNonNullElse(suppliedByCaller, List.of()));
        }
    }

    /**
     * @param name with {@code *} for what is not known before
     * @param kind workload, agent, artifact-gc
     * @param count how many such pods; countOpen: there can be more
     * @param conditions what must hold for it to be made
     */
    public record PodRow(
            String name,
            String namespace,
            String workflow,
            String template,
            String kind,
            String serviceAccount,
            long count,
            boolean countOpen,
            List<String> conditions,
            String createdBy) {}

    /** @param answer yes, no or unknown */
    public record PermissionRow(
            String subject,
            String party,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String answer,
            String neededFor,
            String source) {}

    public record IgnoredFinding(Finding finding, String reason, String until) {}

    public record CheckRow(String id, String summary, String topic, Outcome outcome) {
        public static CheckRow of(CheckInfo info, Outcome outcome) {
            return new CheckRow(info.id(), info.summary(), Label.of(info.topic()), outcome);
        }
    }

    /** @param asked whether the request asked for it: then to have found nothing does not mean that all is well */
    public record UnknownRow(String fact, String reason, String missingRight, boolean asked) {}

    public record Cost(long apiCalls, long registryCalls, long wallMillis) {}

    /**
     * Ids of the findings, in their order: the same for the same finding of the next run, and each only once. They hang
     * on the check, the object to fix and the message, and on no line and no number.
     */
    public List<String> ids() {
        return ids(findings);
    }

    /** Ids of the findings and of what follows from them: a finding keeps its id wherever it stands. */
    public List<String> allIds() {
        return ids(all());
    }

    /** The findings, then those that follow from them. */
    public List<Finding> all() {
        return Stream.concat(findings.stream(), findings.stream().flatMap(finding -> finding.consequences().stream()))
                .toList();
    }

    /** The ids of any findings, in their order. */
    public static List<String> ids(List<Finding> findings) {
        return Fingerprint.of(findings);
    }

    /** The same findings, judged by another gate than the one that they were asked with. */
    public Report judged(Gate gate, RunResult judgement) {
        String failOn = Label.of(gate);
        return with(
                new Request(request.command(), request.namespace(), failOn, request.ignore()),
                judgement,
                permissions,
                findings,
                ignored,
                unknown);
    }

    /**
     * The same of a run with {@link Gate#NEVER}, judged by another gate for which these findings do not count. What could
     * not be checked stays among the findings.
     *
     * @param ids as {@link #ids()} gives them
     * @param reason why they do not
     */
    public Report ignoring(Set<String> ids, String reason, Gate gate) {
        List<String> own = ids();
        List<Finding> counted = new ArrayList<>();
        List<IgnoredFinding> more = new ArrayList<>(ignored);
        boolean failed = false;
        for (int i = 0; i < own.size(); i++) {
            Finding finding = findings.get(i);
            boolean known = ids.contains(own.get(i));
            failed |= !known && gate.fails(finding);
            if (known && finding.outcome() != Outcome.UNKNOWN) {
                more.add(new IgnoredFinding(finding, reason, ""));
            } else {
                counted.add(finding);
            }
        }
        return with(request, result, permissions, counted, more, unknown)
                .judged(gate, failed ? RunResult.FAILED : gate.passed(result, pulls));
    }

    /** The same with other words for each finding and what follows from it; they change neither order nor number. */
    public Report worded(UnaryOperator<Finding> words) {
        return with(
                request,
                result,
                permissions,
                findings.stream().map(finding -> finding.worded(words)).toList(),
                ignored,
                unknown);
    }

    /** The same with a part of its findings, rights and unknown facts. */
    public Report showing(List<Finding> findings, List<PermissionRow> permissions, List<UnknownRow> unknown) {
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
