package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.NamespaceAnswers;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A check of some of the needed rights. Its findings report the user and the missing rights, with the smallest Role
 * that grants them.
 */
abstract class RightsCheck extends Check {

    /** The rights that one finding reports: those of a user on a resource and its subresources in a namespace. */
    record Group(String user, String namespace, String resource) {}

    RightsCheck(CheckInfo info) {
        super(info);
    }

    /** Returns whether this check covers a right. */
    abstract boolean covers(NeededRight permission);

    /** Returns the consequence of missing rights, as a sentence without its full stop. */
    abstract String consequence(Facts facts, List<NeededRight> missingRights);

    /** Returns the outcome of missing rights: FAIL, unless the workflow runs without them. */
    Outcome outcome(Facts facts, List<NeededRight> missingRights) {
        return Outcome.FAIL;
    }

    /** Returns whether the right is needed in this cluster. */
    boolean isNeeded(Facts facts, NeededRight permission) {
        return true;
    }

    /** Returns whether the check reports a right that could not be checked. */
    boolean reportsUnknown(NeededRight permission) {
        return true;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.permissions().stream().anyMatch(this::covers);
    }

    @Override
    public List<Finding> check(Facts facts) {
        Map<Group, List<NeededRight>> groups = facts.permissions().stream()
                .filter(this::covers)
                .filter(permission -> !permission.answer().ifKnown().orElse(false))
                .filter(permission -> isNeeded(facts, permission))
                .collect(Collectors.groupingBy(RightsCheck::group, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new Findings();
        groups.forEach((group, rows) -> {
            List<NeededRight> missingRights = rows.stream()
                    .filter(row -> row.answer().ifKnown().isPresent())
                    .toList();
            if (!missingRights.isEmpty()) {
                findings.add(missing(facts, group, missingRights));
            }
            List<NeededRight> unknown = rows.stream()
                    .filter(row -> row.answer().ifKnown().isEmpty() && reportsUnknown(row))
                    .toList();
            if (!unknown.isEmpty()) {
                findings.add(unknown(facts, unknown));
            }
        });
        return findings;
    }

    private static Group group(NeededRight permission) {
        Right right = permission.right();
        return new Group(permission.user(), right.namespace(), right.group() + "/" + right.resource());
    }

    private Finding missing(Facts facts, Group group, List<NeededRight> rows) {
        List<Right> rights = rows.stream().map(NeededRight::right).distinct().toList();
        Optional<RoleFix> role = RoleFix.of(facts.cluster(), group.user(), rights);
        Subject subject = role.map(RoleFix::subject).orElseGet(() -> holder(facts, group.user(), rows.get(0)));
        String detail = Title.capitalized(Rights.name(group.user())) + " is not allowed to " + Rights.phrase(rights)
                + role.map(found -> " (" + found.description() + ")").orElse("") + ". "
                + Title.capitalized(consequence(facts, rows))
                + ".";
        Finding finding = outcome(facts, rows) == Outcome.FAIL
                ? Finding.fail(info(), subject.at(place(rows.get(0))), detail)
                : Finding.warn(info(), subject.at(place(rows.get(0))), detail);
        finding = finding.title("%s", Rights.title(group.user(), rights))
                .evidence(rows.stream()
                        .map(row -> evidence(group, row))
                        .distinct()
                        .toList())
                .because(
                        NamespaceAnswers.isAbsent(facts, group.namespace())
                                ? NamespaceAnswers.missing(group.namespace())
                                : new Missing.InNamespace(group.namespace()));
        finding = withNamespaceHint(facts, rows.get(0), finding)
                .fix(role.flatMap(RoleFix::fix).stream().toList());
        return finding.fix(ApplyManifest.of(
                                SmallestRole.documents(rights, group.user()).toArray(Yaml[]::new))
                        .with(finding.fixes().isEmpty() ? FixNote.NONE : FixNote.or("with a Role of its own")))
                .on(pods(rows));
    }

    /** Returns the finding with a hint about its namespace. By default, there is no hint. */
    Finding withNamespaceHint(Facts facts, NeededRight right, Finding finding) {
        return finding;
    }

    private static EvidenceLine evidence(Group group, NeededRight row) {
        return EvidenceLine.words(row.source() + ": " + group.user() + " is not allowed to " + row.right()
                + " (needed: " + row.purpose().text() + ")");
    }

    /** Returns a finding about rights that could not be checked, with the Role that allows checking them. */
    private Finding unknown(Facts facts, List<NeededRight> rows) {
        NeededRight first = rows.get(0);
        Fact.Unknown<Boolean> unknown = first.answer().ifUnknown().orElseThrow();
        List<Right> rights = rows.stream()
                .map(NeededRight::right)
                .filter(right -> !right.verb().isEmpty())
                .distinct()
                .toList();
        String description = rights.isEmpty()
                ? "which permissions are needed (" + first.purpose().text() + ")"
                : "whether " + holderName(first) + " is allowed to " + Rights.phrase(rights);
        String shortDescription = rights.isEmpty()
                ? "which permissions are needed"
                : "access of " + (first.user().isEmpty() ? holderName(first) : Rights.shortName(first.user())) + " to "
                        + rights.get(0).resource();
        Finding finding = Finding.unknown(
                        info(),
                        holder(null, first.user(), first).at(place(first)),
                        "Could not check " + description + ": " + unknown.reason() + ".")
                .title("%s", Title.couldNotCheck(shortDescription))
                .on(pods(rows));
        String reader = facts.submitter().ifKnown().map(Identity::user).orElse("");
        return UnknownFindings.withMissingRight(unknown, finding)
                .fix(unknown
                        .missingRight()
                        .map(right -> ApplyManifest.of(
                                SmallestRole.documents(List.of(right), reader).toArray(Yaml[]::new)))
                        .stream()
                        .toList());
    }

    private static String holderName(NeededRight row) {
        return row.user().isEmpty() && row.party() == NeededRight.Party.CONTROLLER
                ? "Argo's controller"
                : Rights.name(row.user());
    }

    /**
     * Returns the account to which the rights should be granted; the workflow if the account is not known.
     *
     * @param facts null for a right that could not be checked
     */
    Subject holder(@Nullable Facts facts, String user, NeededRight row) {
        return Identity.serviceAccount(user)
                .map(account -> Subject.of("ServiceAccount", account.namespace(), account.name(), ""))
                .orElseGet(() -> user.isEmpty()
                        ? Places.workflow(row.workflows().get(0), "")
                        : Subject.of("User", "", user, ""));
    }

    private static List<ArgoPod> pods(List<NeededRight> rows) {
        return rows.stream().flatMap(row -> row.pods().stream()).distinct().toList();
    }

    /**
     * Returns the place where the pod's account is set, or otherwise its template; for the submitting user, the
     * workflow.
     */
    private static Location place(NeededRight row) {
        return row.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream())
                .filter(pod -> row.pods().contains(pod))
                .findFirst()
                .map(pod -> pod.setter("spec.serviceAccountName").location())
                .orElseGet(() -> row.workflows().get(0).document().locate(""));
    }
}
