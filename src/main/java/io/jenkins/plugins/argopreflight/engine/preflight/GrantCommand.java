package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The call of {@code docs/rbac/rbac.sh} that grants what a step lacks. */
final class GrantCommand {

    /** The manifests whose Roles are limited to Secrets and ServiceAccounts by their names. */
    private static final Set<Grant> NAMED = EnumSet.of(Grant.SECRET, Grant.SECRET_BLOCK, Grant.PREFLIGHT);

    private GrantCommand() {}

    /**
     * Returns the command; empty where nothing is lacking, or the user is not known.
     *
     * @param lacking rights of the step
     * @param user such as {@code system:serviceaccount:jenkins:argo-preflight}
     */
    static Optional<String> of(StepRights step, List<Right> lacking, Place place, String user) {
        List<Grant> grants = step.grants().stream()
                .filter(grant -> grant.in(place).stream().anyMatch(lacking::contains))
                .toList();
        if (grants.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        Command command = Command.of("docs/rbac/rbac.sh")
                .with("--namespace")
                .with(Operand.namespace(place.namespace()))
                .with("--argo")
                .with(Operand.namespace(place.argoNamespace()));
        command = Identity.serviceAccount(user).isPresent()
                ? account(command, Identity.serviceAccount(user).get())
                : command.with("--user").with(Operand.text(user));
        if (grants.stream().anyMatch(NAMED::contains)) {
            command = command.with("--secret", "regcred", "--service-account", "default");
        }
        for (Grant grant : grants) {
            command = command.with(grant.file());
        }
        RunCommands fix = RunCommands.of(command.pipe(Command.kubectl("apply", "-f", "-")));
        return fix.problems().isEmpty() ? Optional.of(Shell.text(fix)) : Optional.empty();
    }

    private static Command account(Command command, Identity.ServiceAccount account) {
        return command.with("--jenkins")
                .with(Operand.namespace(account.namespace()))
                .with("--name")
                .with(Operand.name("ServiceAccount", account.name()));
    }
}
