package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The readiness of a cluster for the steps: the identity of the credentials in use, the version of Argo, and the
 * missing rights of each step.
 *
 * @param identity the identity; Unknown if the API server does not report it
 * @param anonymous whether the API server accepted no credential
 * @param argo the version of Argo's controller
 * @param steps the steps in the order of {@link StepRights}
 */
public record ClusterReadiness(Fact<Identity> identity, boolean anonymous, Fact<String> argo, List<Step> steps) {

    private static final String ANONYMOUS = "system:anonymous";

    public ClusterReadiness {
        steps = List.copyOf(steps);
    }

    /**
     * The rights of a step.
     *
     * @param missing the rights that the identity does not have
     * @param unknown the rights that could not be checked
     * @param optional the rights without which the step works, and which the identity is not known to have
     * @param secrets the Secrets to which rights are limited; empty for all
     * @param accounts the ServiceAccounts to which rights are limited; empty for all
     * @param command the command that grants the missing and unknown rights; empty if none is needed
     */
    public record Step(
            StepRights step,
            List<Right> missing,
            List<Right> unknown,
            List<Right> optional,
            List<String> secrets,
            List<String> accounts,
            Optional<String> command) {

        public boolean isReady() {
            return missing.isEmpty() && unknown.isEmpty();
        }

        private Step with(Optional<String> grant) {
            return new Step(step, missing, unknown, optional, secrets, accounts, grant);
        }
    }

    /**
     * Asks the cluster for the identity, the rights and the version.
     *
     * @throws ClusterException if the cluster does not answer, or refuses the credentials
     */
    public static ClusterReadiness of(ClusterGateway cluster, StepNamespaces namespaces, List<StepRights> steps) {
        boolean anonymous = isAnonymous(cluster, namespaces.namespace());
        Fact<Identity> identity = WhoAmI.ask(cluster);
        String user = identity.ifKnown().map(Identity::user).orElse("");
        if (anonymous || user.equals(ANONYMOUS)) {
            return new ClusterReadiness(identity, /* anonymous= */ true, Fact.unknown("not asked"), List.of());
        }
        Access access = Access.toSomeName(cluster, 4);
        Map<Right, Fact<Boolean>> answers = access.ask(steps.stream()
                .flatMap(step -> Stream.concat(step.rightsIn(namespaces).stream(), step.optional(namespaces).stream()))
                .toList());
        List<Step> checked = steps.stream()
                .map(step -> {
                    List<Right> rights = step.rightsIn(namespaces);
                    List<Right> missing = rights.stream()
                            .filter(right -> Fact.known(false).equals(answers.get(right)))
                            .toList();
                    List<Right> unknown = rights.stream()
                            .filter(right ->
                                    Objects.requireNonNull(answers.get(right)).isUnknown())
                            .toList();
                    List<Right> optional = step.optional(namespaces).stream()
                            .filter(right -> !Fact.known(true).equals(answers.get(right)))
                            .toList();
                    Step withoutCommand = new Step(
                            step,
                            missing,
                            unknown,
                            optional,
                            names(access, rights, Resource.SECRETS),
                            names(access, rights, Resource.SERVICE_ACCOUNTS),
                            Optional.empty());
                    return withoutCommand.with(GrantCommand.of(withoutCommand, namespaces, user));
                })
                .toList();
        return new ClusterReadiness(
                identity, /* anonymous= */ false, argo(cluster, namespaces.argoNamespace()), checked);
    }

    private static List<String> names(Access access, List<Right> rights, Resource resource) {
        return rights.stream()
                .filter(right -> right.equals(Right.of(right.verb(), resource, right.namespace())))
                .flatMap(right -> access.names(right).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Sends a request that shows whether the server answers. Returns whether it did not accept the credentials; another
     * refusal is an answer.
     */
    private static boolean isAnonymous(ClusterGateway cluster, String namespace) {
        try {
            cluster.get(Resource.SERVICE_ACCOUNTS, namespace, "default");
            return false;
        } catch (ClusterException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            // The message of the API server: User "system:anonymous" cannot get resource …
            return e.getMessage().contains("\"" + ANONYMOUS + "\"");
        }
    }

    private static Fact<String> argo(ClusterGateway cluster, String namespace) {
        try {
            Optional<String> version = cluster.list(Resource.DEPLOYMENTS, namespace, "", "").stream()
                    .filter(each -> ControllerFlags.of(each).isPresent())
                    .findFirst()
                    .map(each -> ControllerFlags.version(each)
                            .map(ArgoVersion::toString)
                            .orElse("of a version that its image's tag does not say"));
            return version.map(Fact::known)
                    .orElseGet(() -> Fact.unknown("no Deployment in namespace " + namespace + " is Argo's controller"));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return e.kind() == Kind.FORBIDDEN
                    ? Fact.missing(Right.of("list", "apps", "deployments", namespace))
                    : Fact.unknown(e.getMessage());
        }
    }
}
