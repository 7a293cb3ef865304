package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import java.util.List;
import java.util.stream.Collectors;

/** A container without a command whose pull Secrets the controller may not get. */
public final class LookUpForbidden extends PullRule {

    public LookUpForbidden() {
        super(
                "look-up-forbidden",
                "The controller may not get a pull Secret that it needs to look up a command",
                Severity.ERROR,
                "ServiceAccounts",
                "the controller's rights");
    }

    @Override
    boolean isForLookUps() {
        return true;
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.BARRED || cause.kind() == PullCause.Kind.CONTROLLER_UNKNOWN;
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return LookUpFails.command(cause);
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String namespace = first.row().pull().namespace();
        if (first.kind() == PullCause.Kind.CONTROLLER_UNKNOWN) {
            return Finding.unknown(info(), subject, first.row().pull().sentence())
                    .fix(LookUpFails.remedies(facts, first));
        }
        String user = facts.permissions().stream()
                .filter(permission -> permission.party() == Permission.Party.CONTROLLER)
                .map(Permission::user)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("the controller");
        List<String> names = first.row().secrets().barred();
        String allowed = LookUpFails.kubeletToo(facts, first);
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + first.row().container() + " has no command, so the controller looks it up in the"
                                + " registry with the Secrets of " + first.row().source() + "; " + user
                                + " may not get secrets " + String.join(", ", names) + " in namespace " + namespace
                                + " (403), and the node ends in Error at once." + allowed)
                .fix(LookUpFails.remedies(facts, first))
                .fix(
                        "kubectl -n " + namespace + " create role argo-pull-secrets --verb=get --resource=secrets"
                                + names.stream()
                                        .map(name -> " --resource-name=" + name)
                                        .collect(Collectors.joining())
                                + "\nkubectl -n " + namespace + " create rolebinding argo-pull-secrets"
                                + " --role=argo-pull-secrets --serviceaccount=" + facts.argoNamespace() + ":"
                                + (user.startsWith("system:serviceaccount:") ? user.replaceFirst(".*:", "") : "argo"),
                        "# Helm values of the chart argo-workflows\ncontroller:\n  rbac:\n    secretWhitelist: ["
                                + String.join(", ", names) + "]");
    }
}
