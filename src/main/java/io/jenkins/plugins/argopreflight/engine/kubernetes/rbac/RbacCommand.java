package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import java.util.List;
import java.util.Optional;

/** A call of {@code docs/rbac/rbac.sh}, which grants the rights of the manifests in its folder. */
public record RbacCommand(Command command) {

    /** Creates a call for the namespace of the workflows. */
    public static RbacCommand in(String namespace) {
        return new RbacCommand(Command.of("docs/rbac/rbac.sh")).with("--namespace", Operand.namespace(namespace));
    }

    public RbacCommand argo(String namespace) {
        return with("--argo", Operand.namespace(namespace));
    }

    /** Adds the user to whom the rights are granted, such as {@code system:serviceaccount:jenkins:argo-preflight}. */
    public RbacCommand to(String user) {
        return Identity.serviceAccount(user)
                .map(account -> with("--jenkins", Operand.namespace(account.namespace()))
                        .with("--name", Operand.name("ServiceAccount", account.name())))
                .orElseGet(() -> with("--user", Operand.text(user)));
    }

    public RbacCommand secrets(Operand names) {
        return with("--secret", names);
    }

    public RbacCommand accounts(Operand names) {
        return with("--service-account", names);
    }

    /** Returns the command line that applies these manifests; empty if a name in it is invalid. */
    public Optional<String> granting(List<String> manifests) {
        RunCommands fix = RunCommands.of(
                command.with(manifests.toArray(String[]::new)).pipe(Command.kubectl("apply", "-f", "-")));
        return fix.problems().isEmpty() ? Optional.of(Shell.text(fix)) : Optional.empty();
    }

    private RbacCommand with(String option, Operand value) {
        return new RbacCommand(command.with(option).with(value));
    }
}
