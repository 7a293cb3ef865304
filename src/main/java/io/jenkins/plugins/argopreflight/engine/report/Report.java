package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.FindingOrder;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The outcome of a preflight as plain data: what {@code docs/report.schema.json} describes, written to JSON and read
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

    /** The request. */
    public record Request(String command, String namespace, String failOn, List<String> ignore) {}

    /** The user that the API server takes us for; "" when it could not show. */
    public record Identity(String user, List<String> groups) {}

    /**
     * The versions and the cluster that were asked.
     *
     * @param cluster the API server's URL or the snapshot's folder; "" when none was asked
     * @param proxy host and port of the proxy that resolves the API server's name; "" for none
     */
    public record Versions(String kubernetes, String argo, String cluster, String proxy) {

        /** Accepts a report that was written before there were proxies. */
        public Versions {
            proxy = Objects.requireNonNullElse(proxy, "");
        }

        /** A sentence on the way to the API server; "" when its address was checked here. */
        public String way() {
            return proxy.isEmpty() ? "" : way(proxy);
        }

        /** A sentence on the way through a proxy. */
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

        /** Accepts a report that was written before there were triggers and such parts. */
        public SubjectRow {
            triggers = List.copyOf(Objects.requireNonNullElse(triggers, List.of()));
            suppliedByCaller = List.copyOf(Objects.requireNonNullElse(suppliedByCaller, List.of()));
        }
    }

    /**
     * A pod that Argo will create.
     *
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

    /** A right that someone needs. @param answer yes, no or unknown */
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

    /** A finding that does not count. */
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
     * @param asked whether the request asked for it: then to have found nothing does not mean that all is well
     */
    public record UnknownRow(String fact, String reason, String missingRight, boolean asked) {}

    /** The requests and the time that a preflight took. */
    public record Cost(long apiCalls, long registryCalls, long wallMillis) {}

    /**
     * Returns the ids of the findings, in their order: the same for the same finding of the next run, and each only once.
     * An id depends on the check, the object to fix and the message, not on a line or a number.
     */
    public List<String> ids() {
        Iterator<String> all = allIds().iterator();
        List<String> ids = new ArrayList<>();
        for (Finding finding : findings) {
            ids.add(all.next());
            finding.consequences().forEach(follower -> all.next());
        }
        return ids;
    }

    /** Returns the ids of {@link #all()}: a finding keeps its id wherever it stands. */
    public List<String> allIds() {
        return ids(all());
    }

    /** Returns each finding, followed by those that follow from it. */
    public List<Finding> all() {
        return findings.stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding), finding.consequences().stream()))
                .toList();
    }

    /**
     * Returns the same report for a comparison: a finding that is new below a known cause stands beside it, since it
     * counts and the cause does not.
     *
     * @param known ids as {@link #allIds()} gives them
     */
    public Report lifting(Set<String> known) {
        Iterator<String> ids = allIds().iterator();
        List<Finding> lifted = new ArrayList<>();
        for (Finding cause : findings) {
            boolean isKnown = known.contains(ids.next());
            List<Finding> below = new ArrayList<>();
            List<Finding> fresh = new ArrayList<>();
            for (Finding follower : cause.consequences()) {
                (known.contains(ids.next()) || !isKnown ? below : fresh).add(follower);
            }
            lifted.add(fresh.isEmpty() ? cause : cause.with(below));
            lifted.addAll(fresh);
        }
        return showing(FindingOrder.byOutcome(lifted), permissions, unknown);
    }

    /** Returns the ids of any findings, in their order. */
    public static List<String> ids(List<Finding> findings) {
        return Fingerprint.of(findings);
    }

    /** Returns the same findings, judged by another gate than the one that they were asked with. */
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
     * Returns the same of a run with {@link Gate#NEVER}, judged by another gate for which these findings do not count. A
     * finding that could not be checked stays.
     *
     * @param ids as {@link #allIds()} gives them
     * @param reason why they do not
     */
    public Report ignoring(Set<String> ids, String reason, Gate gate) {
        Report lifted = lifting(ids);
        Iterator<String> own = lifted.ids().iterator();
        List<Finding> counted = new ArrayList<>();
        List<IgnoredFinding> more = new ArrayList<>(ignored);
        boolean failed = false;
        for (Finding finding : lifted.findings) {
            boolean known = ids.contains(own.next());
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

    /** Returns the same with other words for each finding and what follows from it; they change neither order nor number. */
    public Report worded(UnaryOperator<Finding> words) {
        return with(
                request,
                result,
                permissions,
                findings.stream().map(finding -> finding.worded(words)).toList(),
                ignored,
                unknown);
    }

    /** Returns the same with a part of its findings, rights and unknown facts. */
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
