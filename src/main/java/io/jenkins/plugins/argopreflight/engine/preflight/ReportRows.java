package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.VersionSource;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.SensorTrigger;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixYaml;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The conversion of facts to the plain data of a report, without passwords. */
public final class ReportRows {

    private final Facts facts;

    public ReportRows(Facts facts) {
        this.facts = facts;
    }

    public Report.Request request(PreflightRequest request) {
        return new Report.Request(
                "check",
                request.collectRequest().workflows().namespace(),
                request.gateOptions().gateBeforeComparison(),
                request.gateOptions().ignores().stream().map(Suppression::check).toList());
    }

    public Report.Identity identity() {
        return facts.submitter()
                .ifKnown()
                .map(who -> new Report.Identity(who.user(), who.groups()))
                .orElseGet(() -> new Report.Identity("", List.of()));
    }

    public Report.Versions versions(Fact<ClusterGateway> cluster) {
        return new Report.Versions(
                facts.kubernetes().ifKnown().orElse(""),
                facts.controller().version().text(),
                facts.controller().assumed().version() != VersionSource.REPORTED,
                cluster.ifKnown().map(ClusterGateway::server).orElse(""),
                cluster.ifKnown().flatMap(ClusterGateway::proxy).orElse(""));
    }

    public List<Report.SubjectRow> subjects() {
        return facts.workflows().stream()
                .filter(workflow -> workflow.creator().isEmpty())
                .map(workflow -> {
                    Location location = workflow.document().locate("");
                    return new Report.SubjectRow(
                            location.line() == 0 ? "" : location.file(),
                            location.line(),
                            workflow.document().kind(),
                            workflow.namespace(),
                            name(workflow),
                            workflow.triggers().stream()
                                    .map(SensorTrigger::toString)
                                    .distinct()
                                    .toList(),
                            workflow.suppliedByCaller());
                })
                .toList();
    }

    public List<Report.PodRow> pods() {
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
                pod.kind(),
                Json.text(pod.spec(), "serviceAccountName"),
                pod.count(),
                pod.isCountOpen(),
                pod.conditions().stream().map(Condition::toString).toList(),
                pod.owner());
    }

    public List<PullRow> pulls() {
        return facts.pulls().stream()
                .map(row -> PullRow.of(
                        row,
                        name(row.workflow()),
                        row.isLookUp()
                                ? List.of()
                                : facts.placement().platforms(row.pod().spec())))
                .toList();
    }

    public List<Report.PermissionRow> permissions() {
        return facts.permissions().stream().map(ReportRows::permission).toList();
    }

    private static Report.PermissionRow permission(NeededRight row) {
        Right right = row.right();
        return new Report.PermissionRow(
                row.user(),
                row.party(),
                right.verb(),
                right.group(),
                right.resource(),
                right.subresource(),
                right.namespace(),
                right.name(),
                row.answer()
                        .ifKnown()
                        .map(yes -> yes ? RightAnswer.YES : RightAnswer.NO)
                        .orElse(RightAnswer.UNKNOWN),
                row.purpose().text(),
                row.source());
    }

    public List<Report.UnknownRow> unknown() {
        return facts.unseen().stream()
                .map(row -> new Report.UnknownRow(
                        row.fact(),
                        row.reason(),
                        row.missingRight().map(Right::toString).orElse(""),
                        row.asked()))
                .toList();
    }

    /**
     * Returns the smallest Role and binding with the rights that were missing for the check, as YAML; {@code ""} if no
     * right was missing.
     */
    public String missingRole() {
        List<Right> missing = Stream.<Stream<Optional<Right>>>of(
                        facts.unseen().stream().map(Unavailable::missingRight),
                        facts.permissions().stream()
                                .map(row -> row.answer().ifUnknown().flatMap(Fact.Unknown::missingRight)),
                        facts.pulls().stream()
                                .map(PodPull::pull)
                                .filter(pull -> pull.verdict() == Verdict.UNKNOWN)
                                .flatMap(pull -> pull.secrets().stream())
                                .map(PullSecretView::missingRight))
                .flatMap(rights -> rights)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        String user = facts.submitter().ifKnown().map(Identity::user).orElse("");
        return FixYaml.text(
                        ApplyManifest.of(SmallestRole.documents(missing, user).toArray(Yaml[]::new)))
                .orElse("");
    }

    private static String name(WorkflowFacts workflow) {
        return workflow.creator().orElse(workflow.document()).nameOrPrefix();
    }
}
