package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Finding.Explanation;
import io.jenkins.plugins.argopreflight.engine.check.Finding.Remedy;
import io.jenkins.plugins.argopreflight.engine.check.Impact;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedObject;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.Credential;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.RowCondition;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reports of a preflight that hold one of everything, also of what tries to be markup. */
public final class Preflights {

    public static final String HOSTILE =
            "<script>alert(1)</script>]]>&amp;\u001b[31m\u0007\u202e`|*_[x](javascript:y)\"'{{x}}";

    private static final String IMAGE = "registry.example.com/team/image:v1.2";
    private static final Credential TEAM = new Credential("regcred", "registry.example.com", "team");

    private Preflights() {}

    public static Report full() {
        Note abridged = new Note(
                "approximate-pods",
                new Subject("workflows/build.yaml", 9, "spec.templates[0].steps[0][0]", "Workflow", "build-", "ci", ""),
                "One pod was checked for many",
                "step each loops over 10000 items: one pod was checked for all.");
        return of(List.of(rejected(), fsGroup(), unknown(), note()), List.of(abridged), RunResult.FAILED);
    }

    /** Returns a report without problems, in which everything could be checked. */
    public static Report green() {
        Report full = full();
        return new Report(
                full.schemaVersion(),
                full.request(),
                full.identity(),
                full.versions(),
                RunResult.OK,
                full.subjects(),
                full.pods(),
                full.pulls().subList(1, 2),
                full.permissions().subList(1, 2),
                List.of(),
                List.of(),
                List.of(),
                full.checks(),
                List.of(),
                "",
                full.cost(),
                full.recorded());
    }

    /** A report without a finding in which the name of an image is known only at run time. */
    public static Report unresolved() {
        Report green = green();
        PullRow open = pull("default", Verdict.UNKNOWN, List.of());
        Note note = Note.of(
                Note.Kind.IMAGE_UNRESOLVED,
                new Subject(
                        "workflows/build.yaml",
                        12,
                        "spec.templates[0].container.image",
                        "Workflow",
                        "build-",
                        "ci",
                        ""),
                "Could not check image {{inputs.parameters.image}}: it is known only at run time",
                "The name depends on inputs.parameters.image.");
        return new Report(
                green.schemaVersion(),
                green.request(),
                green.identity(),
                green.versions(),
                green.result(),
                green.subjects(),
                green.pods(),
                List.of(open),
                green.permissions(),
                List.of(),
                List.of(),
                List.of(note),
                List.of(row("image-not-found", "images", Outcome.UNKNOWN), row("quota", "admission", Outcome.PASS)),
                List.of(),
                "",
                green.cost(),
                green.recorded());
    }

    /** Returns a report without a finding in which a pod exists only on conditions of the workflow. */
    public static Report conditional() {
        Report green = green();
        return new Report(
                green.schemaVersion(),
                green.request(),
                green.identity(),
                green.versions(),
                green.result(),
                green.subjects(),
                green.pods(),
                List.of(pull(
                        "default",
                        Verdict.OK,
                        List.of(
                                new Condition(
                                        Condition.Kind.LIST, "withParam {{inputs.parameters.images}} is not empty"),
                                new Condition(
                                        Condition.Kind.RETRY, "retryStrategy.expression: {{=asInt(retries)}} < 3")),
                        pulled().answers())),
                green.permissions(),
                List.of(),
                List.of(),
                List.of(),
                green.checks(),
                List.of(),
                "",
                green.cost(),
                green.recorded());
    }

    /** An image that the kubelet can pull and the controller cannot look up. */
    public static Report lookedUp() {
        Report full = full();
        PullRow kubelets = pulled();
        PullRow controllers = new PullRow(
                kubelets.pod(),
                kubelets.workflow(),
                kubelets.namespace(),
                kubelets.container(),
                kubelets.image(),
                ImageClient.CONTROLLER,
                kubelets.serviceAccount(),
                kubelets.pullSecrets(),
                kubelets.source(),
                kubelets.credentials(),
                "",
                Verdict.REJECTED,
                "What the registry answers.",
                "",
                List.of(),
                List.of(),
                rejectedPull().answers());
        return new Report(
                full.schemaVersion(),
                full.request(),
                full.identity(),
                full.versions(),
                full.result(),
                full.subjects(),
                full.pods(),
                List.of(controllers, kubelets),
                full.permissions(),
                full.findings(),
                full.ignored(),
                full.notes(),
                full.checks(),
                full.unknown(),
                full.missingRole(),
                full.cost(),
                full.recorded());
    }

    /** So many findings, pulls and rights, each another one. */
    public static Report many(int number) {
        Report few = of(
                IntStream.range(0, number)
                        .mapToObj(i -> i % 2 == 0 ? rejected(i) : fsGroup())
                        .toList(),
                RunResult.FAILED);
        return new Report(
                few.schemaVersion(),
                few.request(),
                few.identity(),
                few.versions(),
                few.result(),
                few.subjects(),
                few.pods(),
                IntStream.range(0, number)
                        .mapToObj(i -> pull(
                                "team-" + i, Verdict.REJECTED, rejectedPull().answers()))
                        .toList(),
                Collections.nCopies(number, permission(RightAnswer.NO)),
                few.findings(),
                few.ignored(),
                few.notes(),
                few.checks(),
                few.unknown(),
                few.missingRole(),
                few.cost(),
                few.recorded());
    }

    /** Returns a report in which every text tries to be markup. */
    public static Report hostile() {
        Finding finding = new Finding(
                "credential-rejected",
                Outcome.FAIL,
                Severity.ERROR,
                new Subject(HOSTILE, 3, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
                new Explanation(HOSTILE, HOSTILE, "", "credential-rejected", List.of(EvidenceLine.words(HOSTILE)), ""),
                new Remedy(List.of(), List.of(FixText.read(HOSTILE + "\n```\n" + HOSTILE)), "javascript:alert(1)"),
                new Impact(List.of(HOSTILE), "", null, null),
                List.of(),
                null);
        Note note = new Note(HOSTILE, finding.subject(), HOSTILE, HOSTILE);
        return of(List.of(finding), List.of(note), RunResult.FAILED);
    }

    /** A report of a cluster that gives no answer, with findings of the manifests. */
    public static Report withoutAnswer() {
        Finding finding =
                finding("no-cluster-access", Outcome.UNKNOWN, Severity.ERROR, Subject.of("Cluster", "", "", ""));
        return of(
                List.of(remedied(finding, "kubectl auth whoami", unknown()), rejected(), fsGroup()),
                RunResult.UNCHECKED);
    }

    private static RecordedState recorded() {
        return new RecordedState(
                "https://cluster.example.com:6443",
                List.of(
                        new RecordedObject(
                                RecordedObject.IMAGE,
                                "",
                                IMAGE,
                                true,
                                "",
                                "",
                                Map.of("registry", "sha256:" + "ab".repeat(32))),
                        new RecordedObject("Secret", "ci", "regcred", true, "u-1", "7", Map.of()),
                        new RecordedObject("Secret", "ci", "other", false, "", "", Map.of())),
                List.of("ResourceQuota ci"));
    }

    public static Report of(List<Finding> findings, RunResult result) {
        return of(findings, List.of(), result);
    }

    public static Report of(List<Finding> findings, List<Note> notes, RunResult result) {
        boolean isVersionAssumed = false;
        return new Report(
                Report.SCHEMA_VERSION,
                new Report.Request("check", "ci", Gate.FAIL, List.of("docker-socket")),
                new Report.Identity("system:serviceaccount:jenkins:agent", List.of("system:authenticated")),
                new Report.Versions("v1.34.4", "v4.0.5", isVersionAssumed, "https://cluster.example.com:6443", ""),
                result,
                List.of(new Report.SubjectRow(
                        "workflows/build.yaml", 1, "Workflow", "ci", "build-", List.of(), List.of())),
                List.of(new Report.PodRow(
                        "build-*-main-1",
                        "ci",
                        "build-",
                        "main",
                        ArgoPod.Kind.WORKLOAD,
                        "default",
                        2,
                        true,
                        List.of("when: x"),
                        "")),
                List.of(rejectedPull(), pulled()),
                List.of(permission(RightAnswer.NO), permission(RightAnswer.YES), permission(RightAnswer.UNKNOWN)),
                findings,
                List.of(new Report.IgnoredFinding(socket(), "build pool", "2027-01-31")),
                notes,
                List.of(
                        row("credential-rejected", "images", Outcome.FAIL),
                        row("container-fs-group", "workflow", Outcome.WARN),
                        row("may-run", "permissions", Outcome.UNKNOWN),
                        row("mutable-tag", "images", Outcome.WARN),
                        row("docker-socket", "workflow", Outcome.WARN),
                        row("quota", "admission", Outcome.SKIPPED),
                        row("node-selector", "cluster", Outcome.PASS)),
                List.of(
                        new Report.UnknownRow(
                                "nodes",
                                "not allowed to list nodes in all namespaces",
                                "list nodes in all namespaces",
                                false),
                        new Report.UnknownRow("the cluster", "no answer within 10 s", "", true)),
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n",
                new Report.Cost(23, 12, 812),
                recorded());
    }

    private static Report.CheckRow row(String id, String topic, Outcome outcome) {
        return new Report.CheckRow(id, "What " + id + " finds", topic, outcome);
    }

    private static Finding rejected() {
        Finding finding = finding(
                        "credential-rejected",
                        Outcome.FAIL,
                        Severity.ERROR,
                        Subject.of("Secret", "ci", "regcred", "data[\".dockerconfigjson\"]")
                                .container("main"))
                .evidence(EvidenceLine.words("401 UNAUTHORIZED: authentication required"));
        return remedied(
                finding,
                "argo-preflight sync --name regcred -n ci --registry registry.example.com --username team \\\n"
                        + "    --password-file password.txt");
    }

    private static Finding rejected(int i) {
        return finding(
                        "credential-rejected",
                        Outcome.FAIL,
                        Severity.ERROR,
                        Subject.of("Secret", "ci", "regcred-" + i, ""))
                .evidence(EvidenceLine.words("401 UNAUTHORIZED: authentication required"));
    }

    private static Finding fsGroup() {
        Finding finding = finding(
                "container-fs-group",
                Outcome.WARN,
                Severity.WARNING,
                new Subject(
                        "workflows/build.yaml",
                        12,
                        "spec.templates[0].container.securityContext.fsGroup",
                        "Workflow",
                        "build-",
                        "ci",
                        "main"));
        Finding follower = finding(
                "host-path-ownership",
                Outcome.WARN,
                Severity.WARNING,
                new Subject("workflows/build.yaml", 20, "spec.volumes[0]", "Workflow", "build-", "ci", ""));
        return remedied(finding, "securityContext:\n  fsGroup: 1000", follower);
    }

    private static Finding unknown() {
        return finding("may-run", Outcome.UNKNOWN, Severity.ERROR, Subject.of("ServiceAccount", "ci", "default", ""));
    }

    private static Finding note() {
        return finding(
                "mutable-tag", Outcome.WARN, Severity.NOTE, Subject.of("Registry", "", "registry.example.com", ""));
    }

    private static Finding socket() {
        return finding("docker-socket", Outcome.WARN, Severity.WARNING, Subject.of("Workflow", "ci", "build-", ""));
    }

    /** Returns a finding as it is in a report that was read from JSON. */
    private static Finding remedied(Finding finding, String text, Finding... followers) {
        return new Finding(
                finding.check(),
                finding.outcome(),
                finding.severity(),
                finding.subject(),
                finding.explanation(),
                new Remedy(List.of(), List.of(FixText.read(text)), finding.link()),
                finding.impact(),
                List.of(followers),
                null);
    }

    private static Finding finding(String check, Outcome outcome, Severity severity, Subject subject) {
        return new Finding(
                check,
                outcome,
                severity,
                subject,
                new Explanation(
                        "Something is wrong with " + subject.kind() + " " + subject.name(),
                        "What " + check + " says of " + subject.kind() + " " + subject.name()
                                + ", where it is, and why it will" + " not work as it stands.",
                        "",
                        check,
                        List.of(),
                        ""),
                new Remedy(List.of(), List.of(), Finding.page(check)),
                new Impact(List.of("build-*-main-1", "build-*-main-2"), "", null, null),
                List.of(),
                null);
    }

    private static PullRow rejectedPull() {
        return pull(
                "default",
                Verdict.REJECTED,
                List.of(
                        new AnswerRow(
                                TEAM,
                                false,
                                true,
                                true,
                                Verdict.REJECTED,
                                401,
                                "UNAUTHORIZED",
                                "no",
                                "It is refused.",
                                ""),
                        new AnswerRow(null, true, false, false, Verdict.MISSING_OR_NO_RIGHT, 401, "", "", "", "")));
    }

    private static PullRow pulled() {
        return pull(
                "default",
                Verdict.OK,
                List.of(new AnswerRow(TEAM, false, true, true, Verdict.OK, 200, "", "", "", "2026-11-26T00:00:00Z")));
    }

    private static PullRow pull(String account, Verdict verdict, List<AnswerRow> answers) {
        return pull(account, verdict, List.of(), answers);
    }

    private static PullRow pull(String account, Verdict verdict, List<Condition> conditions, List<AnswerRow> answers) {
        return new PullRow(
                "build-*-main-1",
                "build-",
                "ci",
                "main",
                IMAGE,
                ImageClient.KUBELET,
                account,
                List.of("regcred"),
                "ServiceAccount default",
                List.of(TEAM),
                "",
                verdict,
                "What the registry answers.",
                "",
                conditions.stream().map(RowCondition::of).toList(),
                List.of("linux/amd64", "linux/arm64"),
                answers);
    }

    private static PermissionRow permission(RightAnswer answer) {
        return new PermissionRow(
                "system:serviceaccount:ci:default",
                NeededRight.Party.WORKFLOW,
                answer == RightAnswer.NO ? "create" : "patch",
                "argoproj.io",
                "workflowtaskresults",
                "",
                "ci",
                "",
                answer,
                "the executor reports its results",
                "SubjectAccessReview");
    }
}
