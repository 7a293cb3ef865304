package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.cluster.rights.RbacCommand;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
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
        RbacCommand script =
                RbacCommand.in(place.namespace()).argo(place.argoNamespace()).to(user);
        if (grants.stream().anyMatch(OF_SECRETS::contains)) {
            script = script.secrets(names("Secret", step.secrets()));
        }
        if (grants.contains(Grant.SECRET)) {
            script = script.accounts(names("ServiceAccount", step.accounts()));
        }
        return script.granting(grants.stream().map(Grant::file).toList());
    }

    /** Returns the names that a Role has already, or a placeholder: another name would grant another object. */
    private static Operand names(String kind, List<String> names) {
        List<Operand> valid = names.stream()
                .map(name -> Operand.name(kind, name))
                .filter(operand -> operand.problem().isEmpty())
                .toList();
        return valid.isEmpty() ? Operand.placeholder("NAME") : Operand.list(valid);
    }
}
