package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.OtherMeans;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import io.jenkins.plugins.argopreflight.engine.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.fix.Manifests;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.pull.Tried;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Facts as the plain data of a report; a password stays behind. */
final class ReportRows {

    private final Facts facts;

    ReportRows(Facts facts) {
        this.facts = facts;
    }

    Report.Request request(PreflightRequest request) {
        return new Report.Request(
                "check",
                request.namespace(),
                label(request.gate()),
                request.ignores().stream().map(Ignore::check).toList());
    }

    Report.Identity identity() {
        return facts.submitter()
                .ifKnown()
                .map(who -> new Report.Identity(who.user(), who.groups()))
                .orElseGet(() -> new Report.Identity("", List.of()));
    }

    Report.Versions versions(String cluster) {
        return new Report.Versions(
                facts.kubernetes().ifKnown().orElse(""),
                facts.controller().version().text(),
                cluster);
    }

    List<Report.SubjectRow> subjects() {
        return facts.workflows().stream()
                .map(workflow -> {
                    Location at = workflow.document().locate("");
                    return new Report.SubjectRow(
                            at.line() == 0 ? "" : at.file(),
                            at.line(),
                            workflow.document().kind(),
                            workflow.namespace(),
                            name(workflow));
                })
                .toList();
    }

    List<Report.PodRow> pods() {
        return facts.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream().map(pod -> pod(workflow, pod)))
                .toList();
    }

    private static Report.PodRow pod(WorkflowFacts workflow, ArgoPod pod) {
        return new Report.PodRow(
                pod.name(),
                workflow.namespace(),
                name(workflow),
                pod.template(),
                label(pod.kind()),
                pod.spec().path("serviceAccountName").asText(),
                pod.count(),
                pod.countOpen(),
                pod.conditions());
    }

    List<Report.PullRow> pulls() {
        return facts.pulls().stream().map(this::pull).toList();
    }

    private Report.PullRow pull(PodPull row) {
        return new Report.PullRow(
                row.pod().name(),
                name(row.workflow()),
                row.pull().namespace(),
                row.container(),
                row.pull().image(),
                row.pull().consumer(),
                row.pull().serviceAccount(),
                row.pull().pullSecrets(),
                row.source(),
                row.pull().credentials().stream().map(ReportRows::credential).toList(),
                row.pull().error(),
                row.pull().verdict().label(),
                row.pull().sentence(),
                row.means().map(OtherMeans::words).orElse(""),
                row.pod().runConditions(),
                row.isLookUp()
                        ? List.of()
                        : facts.placement().platforms(row.pod().spec()),
                row.pull().answers().stream().map(ReportRows::answer).toList());
    }

    private static Report.AnswerRow answer(Tried tried) {
        return new Report.AnswerRow(
                tried.credential().map(ReportRows::credential).orElse(null),
                tried.credential().isEmpty(),
                tried.byConsumer(),
                tried.answer().verdict().label(),
                tried.answer().status(),
                tried.answer().code(),
                tried.answer().message(),
                tried.answer().explanation(),
                tried.answer().credentialExpires().map(Instant::toString).orElse(""));
    }

    private static Report.Credential credential(StoredCredential stored) {
        return new Report.Credential(stored.secret(), stored.key(), stored.username());
    }

    List<Report.PermissionRow> permissions() {
        return facts.permissions().stream().map(ReportRows::permission).toList();
    }

    private static Report.PermissionRow permission(Permission row) {
        Right right = row.right();
        return new Report.PermissionRow(
                row.user(),
                label(row.party()),
                right.verb(),
                right.group(),
                right.resource(),
                right.subresource(),
                right.namespace(),
                right.name(),
                row.answer().ifKnown().map(yes -> yes ? "yes" : "no").orElse("unknown"),
                row.neededFor(),
                row.source());
    }

    List<Report.UnknownRow> unknown() {
        return facts.unseen().stream()
                .map(one -> new Report.UnknownRow(
                        one.fact(),
                        one.reason(),
                        one.missingRight().map(Right::toString).orElse(""),
                        one.asked()))
                .toList();
    }

    /** The smallest Role that lets us look at what we could not; "" when no right was missing. */
    String missingRole() {
        List<Right> missing = facts.unseen().stream()
                .map(Unseen::missingRight)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        String user = facts.submitter().ifKnown().map(Identity::user).orElse("");
        return Manifests.text(
                        ApplyManifest.of(SmallestRole.documents(missing, user).toArray(Yaml[]::new)))
                .orElse("");
    }

    private static String name(WorkflowFacts workflow) {
        Document document = workflow.document();
        return document.name().isEmpty()
                ? document.root().path("metadata").path("generateName").asText()
                : document.name();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
