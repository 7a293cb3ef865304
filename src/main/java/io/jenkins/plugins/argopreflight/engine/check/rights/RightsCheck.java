package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A check of some of the rights that are needed: who does not have which, and the smallest Role that grants it. */
abstract class RightsCheck extends DescribedCheck {

    /** What is reported together: one user's rights on one resource and its subresources in one namespace. */
    record About(String user, String namespace, String resource) {}

    RightsCheck(CheckInfo info) {
        super(info);
    }

    RightsCheck(String id, String summary) {
        this(info(id, summary));
    }

    static CheckInfo info(String id, String summary) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.PERMISSIONS).needing(Need.ACCESS_REVIEWS);
    }

    /** Whether this right is looked at here. */
    abstract boolean covers(NeededRight permission);

    /** What happens without these rights, a sentence without its full stop. */
    abstract String consequence(Facts facts, List<NeededRight> missing);

    /** FAIL unless the workflow runs without these. */
    Outcome outcome(Facts facts, List<NeededRight> missing) {
        return Outcome.FAIL;
    }

    /** Whether it is needed in this cluster. */
    boolean isNeeded(Facts facts, NeededRight permission) {
        return true;
    }

    /** Whether a right that no one could determine about shall be reported. */
    boolean reportsUnknown(NeededRight permission) {
        return true;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.permissions().stream().anyMatch(this::covers);
    }

    @Override
    public List<Finding> check(Facts facts) {
        Map<About, List<NeededRight>> groups = facts.permissions().stream()
                .filter(this::covers)
                .filter(permission -> !permission.answer().ifKnown().orElse(false))
                .filter(permission -> isNeeded(facts, permission))
                .collect(Collectors.groupingBy(RightsCheck::about, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        groups.forEach((about, rows) -> {
            List<NeededRight> missing = rows.stream()
                    .filter(row -> row.answer().ifKnown().isPresent())
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(missing(facts, about, missing));
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

    private static About about(NeededRight permission) {
        Right right = permission.right();
        return new About(permission.user(), right.namespace(), right.group() + "/" + right.resource());
    }

    private Finding missing(Facts facts, About about, List<NeededRight> rows) {
        List<Right> rights = rows.stream().map(NeededRight::right).distinct().toList();
        Optional<RoleFix> role = RoleFix.of(facts.cluster(), about.user(), rights);
        Subject subject = role.map(RoleFix::subject).orElseGet(() -> holder(facts, about.user(), rows.get(0)));
        String detail = Title.capital(Rights.who(about.user())) + " is not allowed to " + Rights.words(rights)
                + role.map(found -> " (" + found.description() + ")").orElse("") + ". "
                + Title.capital(consequence(facts, rows))
                + ".";
        Finding finding = outcome(facts, rows) == Outcome.FAIL
                ? Finding.fail(info(), subject.at(place(rows.get(0))), detail)
                : Finding.warn(info(), subject.at(place(rows.get(0))), detail);
        finding = finding.title("%s", Rights.title(about.user(), rights))
                .evidence(rows.stream().map(row -> seen(about, row)).distinct().toList());
        finding = inNamespace(facts, about.namespace(), finding)
                .fix(role.flatMap(RoleFix::fix).stream().toList());
        return finding.fix(ApplyManifest.of(
                                SmallestRole.documents(rights, about.user()).toArray(Yaml[]::new))
                        .because(finding.fixes().isEmpty() ? "" : "or with a Role of its own"))
                .on(pods(rows));
    }

    /** Returns a finding with what is known about its namespace. Unless a check knows more, this is the finding. */
    Finding inNamespace(Facts facts, String namespace, Finding finding) {
        return finding;
    }

    private static EvidenceLine seen(About about, NeededRight row) {
        return EvidenceLine.words(row.source() + ": " + about.user() + " is not allowed to " + row.right()
                + " (needed: " + row.neededFor() + ")");
    }

    /** A finding about rights that could not be checked, with the Role that allows to check them. */
    private Finding unknown(Facts facts, List<NeededRight> rows) {
        NeededRight first = rows.get(0);
        Fact.Unknown<Boolean> unknown = first.answer().ifUnknown().orElseThrow();
        List<Right> rights = rows.stream()
                .map(NeededRight::right)
                .filter(right -> !right.verb().isEmpty())
                .distinct()
                .toList();
        String what = rights.isEmpty()
                ? "which permissions are needed (" + first.neededFor() + ")"
                : "whether " + who(first) + " is allowed to " + Rights.words(rights);
        String brief = rights.isEmpty()
                ? "which permissions are needed"
                : "access of " + (first.user().isEmpty() ? who(first) : Rights.briefly(first.user())) + " to "
                        + rights.get(0).resource();
        Finding finding = Finding.unknown(
                        info(),
                        holder(null, first.user(), first).at(place(first)),
                        "Could not check " + what + ": " + unknown.reason() + ".")
                .title("%s", Title.couldNotCheck(brief))
                .on(pods(rows));
        String reader = facts.submitter().ifKnown().map(Identity::user).orElse("");
        return Unsure.because(unknown, finding)
                .fix(unknown
                        .missingRight()
                        .map(right -> ApplyManifest.of(
                                SmallestRole.documents(List.of(right), reader).toArray(Yaml[]::new)))
                        .stream()
                        .toList());
    }

    private static String who(NeededRight row) {
        return row.user().isEmpty() && row.party() == NeededRight.Party.CONTROLLER
                ? "Argo's controller"
                : Rights.who(row.user());
    }

    /** The account to grant them to; the workflow when it is not known. */
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

    /** Where the pod's account is chosen, else its template; for the submitter the workflow. */
    private static Location place(NeededRight row) {
        return row.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream())
                .filter(pod -> row.pods().contains(pod))
                .findFirst()
                .map(pod -> pod.setter("spec.serviceAccountName").location())
                .orElseGet(() -> row.workflows().get(0).document().locate(""));
    }
}
