package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The call of {@code docs/rbac/rbac.sh} that grants what a step lacks. */
final class GrantCommand {

    /** The manifests whose Roles are limited to Secrets by their names. */
    private static final Set<Grant> OF_SECRETS = EnumSet.of(Grant.SECRET, Grant.SECRET_BLOCK, Grant.PREFLIGHT);

    private GrantCommand() {}

    /**
     * Returns the command; empty where nothing is lacking, or the user is not known.
     *
     * @param step the rights that it lacks, and the names to which those that it has are limited
     * @param user such as {@code system:serviceaccount:jenkins:argo-preflight}
     */
    static Optional<String> of(Step step, StepNamespaces place, String user) {
        List<Grant> grants = step.step().grants().stream()
                .filter(grant -> grant.in(place).stream()
                        .anyMatch(right ->
                                step.missing().contains(right) || step.unknown().contains(right)))
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
        if (grants.stream().anyMatch(OF_SECRETS::contains)) {
            command = command.with("--secret").with(names("Secret", step.secrets()));
        }
        if (grants.contains(Grant.SECRET)) {
            command = command.with("--service-account").with(names("ServiceAccount", step.accounts()));
        }
        for (Grant grant : grants) {
            command = command.with(grant.file());
        }
        RunCommands fix = RunCommands.of(command.pipe(Command.kubectl("apply", "-f", "-")));
        return fix.problems().isEmpty() ? Optional.of(Shell.text(fix)) : Optional.empty();
    }

    /** Returns the names that a Role has already, or a placeholder: another name would grant another object. */
    private static Operand names(String kind, List<String> names) {
        List<Operand> valid = names.stream()
                .map(name -> Operand.name(kind, name))
                .filter(operand -> operand.problem().isEmpty())
                .toList();
        return valid.isEmpty() ? Operand.placeholder("NAME") : Operand.list(valid);
    }

    private static Command account(Command command, Identity.ServiceAccount account) {
        return command.with("--jenkins")
                .with(Operand.namespace(account.namespace()))
                .with("--name")
                .with(Operand.name("ServiceAccount", account.name()));
    }
}
