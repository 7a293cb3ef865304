package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.RbacCommand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The call of {@code docs/rbac/rbac.sh} that grants the missing rights of a step. */
final class GrantCommand {

    /** The manifests whose Roles are limited to Secrets by name. */
    private static final Set<Grant> LIMITED_BY_SECRET = EnumSet.of(Grant.SECRET, Grant.SECRET_BLOCK, Grant.PREFLIGHT);

    private GrantCommand() {}

    /**
     * Returns the command; empty if no right is missing or the user is unknown.
     *
     * @param step the missing rights, and the names to which the existing rights are limited
     * @param user the user, such as {@code system:serviceaccount:jenkins:argo-preflight}
     */
    static Optional<String> of(Step step, StepNamespaces namespaces, String user) {
        List<Grant> grants = step.step().grants().stream()
                .filter(grant -> grant.rightsIn(namespaces).stream()
                        .anyMatch(right ->
                                step.missing().contains(right) || step.unknown().contains(right)))
                .toList();
        if (grants.isEmpty() || user.isEmpty()) {
            return Optional.empty();
        }
        RbacCommand script = RbacCommand.in(namespaces.namespace())
                .argo(namespaces.argoNamespace())
                .to(user);
        if (grants.stream().anyMatch(LIMITED_BY_SECRET::contains)) {
            script = script.secrets(names("Secret", step.secrets()));
        }
        if (grants.contains(Grant.SECRET)) {
            script = script.accounts(names("ServiceAccount", step.accounts()));
        }
        return script.granting(grants.stream().map(Grant::file).toList());
    }

    /**
     * Returns the names to which a Role is limited already, or a placeholder: another name would grant rights on
     * another object.
     */
    private static Operand names(String kind, List<String> names) {
        List<Operand> valid = names.stream()
                .map(name -> Operand.name(kind, name))
                .filter(operand -> operand.problem().isEmpty())
                .toList();
        return valid.isEmpty() ? Operand.placeholder("NAME") : Operand.list(valid);
    }
}
