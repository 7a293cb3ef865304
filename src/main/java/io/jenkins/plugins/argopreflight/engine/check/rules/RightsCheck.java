package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.engine.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A check of some of the rights that are needed: who does not have which, and the smallest Role that grants it. */
abstract class RightsCheck implements Check {

    /** What is told together: one user's rights on one resource and its subresources in one namespace. */
    record About(String user, String namespace, String resource) {}

    /** Whether this right is looked at here. */
    abstract boolean covers(Permission permission);

    /** What happens without these rights, a sentence without its full stop. */
    abstract String consequence(List<Permission> missing);

    /** FAIL unless the workflow runs without these. */
    Outcome outcome(Facts facts, List<Permission> missing) {
        return Outcome.FAIL;
    }

    /** Whether a right that nobody could tell about shall be told. */
    boolean tellsUnknown(Permission permission) {
        return true;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.permissions().stream().anyMatch(this::covers);
    }

    @Override
    public List<Finding> check(Facts facts) {
        Map<About, List<Permission>> groups = facts.permissions().stream()
                .filter(this::covers)
                .filter(permission -> !permission.answer().ifKnown().orElse(false))
                .collect(Collectors.groupingBy(RightsCheck::about, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        groups.forEach((about, rows) -> {
            List<Permission> missing = rows.stream()
                    .filter(row -> row.answer().ifKnown().isPresent())
                    .toList();
            if (!missing.isEmpty()) {
                findings.add(missing(facts, about, missing));
            }
            List<Permission> unknown = rows.stream()
                    .filter(row -> row.answer().ifKnown().isEmpty() && tellsUnknown(row))
                    .toList();
            if (!unknown.isEmpty()) {
                findings.add(unknown(reason(unknown.get(0)), unknown));
            }
        });
        return findings;
    }

    private static About about(Permission permission) {
        Right right = permission.right();
        return new About(permission.user(), right.namespace(), right.group() + "/" + right.resource());
    }

    private static String reason(Permission row) {
        return row.answer() instanceof Fact.Unknown<Boolean> unknown ? unknown.reason() : "";
    }

    private Finding missing(Facts facts, About about, List<Permission> rows) {
        List<Right> rights = rows.stream().map(Permission::right).distinct().toList();
        Optional<RoleToMend> role = RoleToMend.of(facts.cluster(), about.user(), rights);
        Subject subject = role.map(RoleToMend::subject).orElseGet(() -> holder(facts, about.user(), rows.get(0)));
        String detail = capital(Rights.who(about.user())) + " is not allowed to " + Rights.words(rights)
                + role.map(found -> " (" + found.words() + ")").orElse("") + ". " + capital(consequence(rows)) + ".";
        Finding finding = outcome(facts, rows) == Outcome.FAIL
                ? Finding.fail(info(), subject.at(place(rows.get(0))), detail)
                : Finding.warn(info(), subject.at(place(rows.get(0))), detail);
        finding = finding.title("%s is not allowed to %s", Rights.briefly(about.user()), Rights.brief(rights))
                .evidence(rows.stream()
                        .map(row -> row.source() + ": " + about.user() + " is not allowed to " + row.right()
                                + " (needed: " + row.neededFor() + ")")
                        .distinct()
                        .toArray(String[]::new));
        return finding.fix(role.flatMap(RoleToMend::fix).stream().toList())
                .fix(ApplyManifest.of(
                        SmallestRole.documents(rights, about.user()).toArray(Yaml[]::new)))
                .on(pods(rows));
    }

    private Finding unknown(String reason, List<Permission> rows) {
        Permission first = rows.get(0);
        List<Right> rights = rows.stream()
                .map(Permission::right)
                .filter(right -> !right.verb().isEmpty())
                .distinct()
                .toList();
        String what = rights.isEmpty()
                ? "which permissions are needed (" + first.neededFor() + ")"
                : "whether " + who(first) + " is allowed to " + Rights.words(rights);
        return Finding.unknown(
                        info(),
                        holder(null, first.user(), first).at(place(first)),
                        "Could not check " + what + ": " + reason + ".")
                .title("Could not check %s", what)
                .on(pods(rows));
    }

    private static String who(Permission row) {
        return row.user().isEmpty() && row.party() == Permission.Party.CONTROLLER
                ? "Argo's controller"
                : Rights.who(row.user());
    }

    /** The account to grant them to; the workflow when it is not known. */
    Subject holder(Facts facts, String user, Permission row) {
        return Identity.serviceAccount(user)
                .map(account -> Subject.of("ServiceAccount", account.namespace(), account.name(), ""))
                .orElseGet(() -> user.isEmpty()
                        ? Places.workflow(row.workflows().get(0), "")
                        : Subject.of("User", "", user, ""));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static List<ArgoPod> pods(List<Permission> rows) {
        return rows.stream().flatMap(row -> row.pods().stream()).distinct().toList();
    }

    /** Where the pod's account is chosen, else its template; for the submitter the workflow. */
    private static Location place(Permission row) {
        return row.workflows().stream()
                .flatMap(workflow -> workflow.pods().stream())
                .filter(pod -> row.pods().contains(pod))
                .findFirst()
                .map(pod -> pod.origin("spec.serviceAccountName").location().orElse(pod.templateLocation()))
                .orElseGet(() -> row.workflows().get(0).document().locate(""));
    }
}
