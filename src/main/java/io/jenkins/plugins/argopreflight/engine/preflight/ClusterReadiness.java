package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Access;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster has for the steps: which identity it takes us for, which Argo runs there, and which rights of each step
 * are missing.
 *
 * @param identity Unknown where the API server does not report it
 * @param anonymous whether the API server accepted no credential
 * @param argo the version of Argo's controller
 * @param steps in the order of {@link StepRights}
 */
public record ClusterReadiness(Fact<Identity> identity, boolean anonymous, Fact<String> argo, List<Step> steps) {

    private static final String ANONYMOUS = "system:anonymous";

    public ClusterReadiness {
        steps = List.copyOf(steps);
    }

    /**
     * One step's rights.
     *
     * @param missing which the identity does not have
     * @param unknown which could not be checked
     */
    public record Step(StepRights step, List<Right> missing, List<Right> unknown) {

        public boolean isReady() {
            return missing.isEmpty() && unknown.isEmpty();
        }
    }

    /**
     * Asks the cluster.
     *
     * @param namespace where workflows run
     * @param argoNamespace where Argo's controller runs
     * @throws ClusterException when the cluster does not answer, or not to us
     */
    public static ClusterReadiness of(
            ClusterGateway cluster, String namespace, String argoNamespace, List<StepRights> steps) {
        boolean refused = greet(cluster, namespace);
        Fact<Identity> identity = WhoAmI.ask(cluster);
        boolean anonymous =
                refused || identity.ifKnown().map(Identity::user).orElse("").equals(ANONYMOUS);
        if (anonymous) {
            return new ClusterReadiness(identity, true, Fact.unknown("not asked"), List.of());
        }
        Map<StepRights, List<Right>> wanted = new LinkedHashMap<>();
        steps.forEach(step -> wanted.put(step, step.in(namespace, argoNamespace)));
        Map<Right, Fact<Boolean>> answers = Access.toSomeName(cluster, 4)
                .ask(wanted.values().stream().flatMap(List::stream).toList());
        List<Step> checked = new ArrayList<>();
        wanted.forEach((step, rights) -> checked.add(new Step(
                step,
                rights.stream()
                        .filter(right -> is(Objects.requireNonNull(answers.get(right)), false))
                        .toList(),
                rights.stream()
                        .filter(right -> Objects.requireNonNull(answers.get(right))
                                .ifKnown()
                                .isEmpty())
                        .toList())));
        return new ClusterReadiness(identity, false, argo(cluster, argoNamespace), checked);
    }

    private static boolean is(Fact<Boolean> answer, boolean value) {
        return answer.ifKnown().filter(known -> known == value).isPresent();
    }

    /** One request that shows whether the server answers, and to us: a refusal is an answer. */
    private static boolean greet(ClusterGateway cluster, String namespace) {
        try {
            cluster.get(Resource.SERVICE_ACCOUNTS, namespace, "default");
            return false;
        } catch (ClusterException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            // In the words of the API server: User "system:anonymous" cannot get resource …
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
