package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for containers without a command whose pull secrets the controller is not allowed to read. */
public final class LookUpForbidden extends PullRule {

    public LookUpForbidden() {
        super(
                CheckInfo.error(
                                "look-up-forbidden",
                                "The controller is not allowed to read a pull secret that its look-up needs",
                                Topic.IMAGES)
                        .needing(Need.SERVICE_ACCOUNTS, Need.ACCESS_REVIEWS),
                PullCause.Kind.BARRED,
                PullCause.Kind.CONTROLLER_UNKNOWN);
    }

    @Override
    protected boolean isForLookUps() {
        return true;
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return LookUpFails.command(cause);
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String namespace = first.pull().namespace();
        if (first.kind() == PullCause.Kind.CONTROLLER_UNKNOWN) {
            return Finding.unknown(info(), subject, first.pull().sentence())
                    .title("Could not check the look-up of the command of %s", image(causes))
                    .fix(LookUpFails.fixes(facts, first));
        }
        String user = facts.permissions().stream()
                .filter(permission -> permission.party() == NeededRight.Party.CONTROLLER)
                .map(NeededRight::user)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("the controller");
        List<String> names = first.pull().forbiddenSecrets();
        String kubeletPhrase = LookUpFails.kubeletPhrase(facts, first);
        Command role =
                Command.kubectlIn(namespace, "create", "role", "argo-pull-secrets", "--verb=get", "--resource=secrets");
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + first.podPull().container()
                                + " has no command, so the controller looks it up in the"
                                + " registry with the Secrets of "
                                + first.pull().source() + ". " + user
                                + " is not allowed to get secrets " + String.join(", ", names) + " in namespace "
                                + namespace + ", so the node ends in Error at once" + kubeletPhrase + ".")
                .title("The controller is not allowed to read pull secret %s", names.get(0))
                .fix(LookUpFails.fixes(facts, first))
                .fix(
                        RunCommands.of(
                                role.with(names.stream()
                                        .map(name -> Operand.joined(
                                                Operand.text("--resource-name="), Operand.name("Secret", name)))
                                        .toArray(Operand[]::new)),
                                Command.kubectlIn(namespace, "create", "rolebinding", "argo-pull-secrets")
                                        .with("--role=argo-pull-secrets")
                                        .with(Operand.joined(
                                                Operand.text("--serviceaccount="),
                                                Operand.namespace(facts.argoNamespace()),
                                                Operand.text(":"),
                                                Operand.name(
                                                        "ServiceAccount",
                                                        Identity.serviceAccount(user)
                                                                .map(Identity.ServiceAccount::name)
                                                                .orElse("argo"))))),
                        ChangeField.to(Yaml.flow(names.stream()
                                                .map(name ->
                                                        Yaml.of("$name").with("name", Operand.name("Secret", name)))
                                                .toList())
                                        .under("controller", "rbac", "secretWhitelist"))
                                .because("Helm values of the chart argo-workflows"));
    }
}
