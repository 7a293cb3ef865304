package io.jenkins.plugins.argopreflight.config;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Reports the identity of Jenkins at a cluster, and which steps can run there. The caller has checked who asks. */
final class ConnectionTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));

    /** Without the rights of the others an administrator can do; they are listed without a warning. */
    private static final Set<StepRights> EXPECTED = Set.of(StepRights.SECRET, StepRights.PREFLIGHT);

    private ConnectionTest() {}

    /** @param item the folder that is configured; null for Jenkins */
    static FormValidation of(ClusterConfiguration configuration, Item item) {
        NamedCluster cluster =
                new NamedCluster(configuration, item instanceof ItemGroup<?> folder ? folder : Jenkins.get());
        if (item != null && cluster.owner() == Jenkins.get()) {
            return FormValidation.error(Messages.Test_job());
        }
        try {
            ClusterConnection connection =
                    cluster.ownConnection(cluster.credentials()).withTimeouts(SHORT);
            String argo = argoServer(cluster, connection);
            Optional<CredentialEnd> end = CredentialEnd.of(cluster);
            try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection)) {
                return ask(gateway, configuration, end, argo);
            }
        } catch (KubeconfigException | ClusterException | IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** A sentence about the cluster's Argo Server; "" when none is configured. */
    private static String argoServer(NamedCluster cluster, ClusterConnection connection) throws IOException {
        Optional<ArgoServer> found = cluster.connectArgoServer(connection, true);
        if (found.isEmpty()) {
            return "";
        }
        try (ArgoServer server = found.get()) {
            String user = server.user();
            return ". Argo Server " + server.server() + " is " + server.version()
                    + (user.isEmpty() ? " and accepts the token" : " and accepts the token of " + user);
        }
    }

    private static FormValidation ask(
            Fabric8Gateway gateway, ClusterConfiguration configuration, Optional<CredentialEnd> end, String argo) {
        String namespace = configuration.getNamespace().isEmpty() ? gateway.namespace() : configuration.getNamespace();
        String argoNamespace = configuration.getArgoNamespace().isEmpty()
                ? NamedCluster.DEFAULT_ARGO_NAMESPACE
                : configuration.getArgoNamespace();
        List<StepRights> steps = Stream.of(StepRights.values())
                .filter(step -> configuration.isAllowWrites() || !step.writes())
                .toList();
        ClusterReadiness found = ClusterReadiness.of(gateway, namespace, argoNamespace, steps);
        if (found.anonymous()) {
            return FormValidation.error(gateway.server() + " accepts no credential of Jenkins: the user is anonymous"
                    + " (system:anonymous), and no step can run. Choose credentials that the cluster accepts");
        }
        String text = gateway.server() + " authenticates Jenkins as "
                + found.identity().ifKnown().map(Identity::user).orElse("a user that the API server does not report")
                + end.map(each -> ". " + each.sentence(Clock.systemUTC())).orElse("")
                + ". " + controller(found.argo(), argoNamespace) + ". In namespace " + namespace + ", "
                + steps(found.steps()) + argo;
        boolean soon =
                end.filter(each -> each.isNear(Clock.systemUTC().instant())).isPresent();
        boolean ready = found.argo().ifKnown().isPresent()
                && found.steps().stream()
                        .filter(step -> EXPECTED.contains(step.step()))
                        .allMatch(Step::isReady);
        return ready && !soon ? FormValidation.ok(text) : FormValidation.warning(text);
    }

    private static String controller(Fact<String> argo, String namespace) {
        return argo.fold(
                version -> "Argo in namespace " + namespace + " is " + version,
                unknown -> "Argo's version is not known: " + unknown.reason());
    }

    private static String steps(List<Step> steps) {
        String ready = steps.stream()
                .filter(Step::isReady)
                .map(step -> step.step().function())
                .collect(Collectors.joining(", "));
        String others = steps.stream()
                .filter(step -> !step.isReady())
                .map(step -> step.step().function()
                        + list(" lacks the right to ", step.missing())
                        + (step.missing().isEmpty() || step.unknown().isEmpty() ? "" : ", and")
                        + list(" could not be checked for ", step.unknown()))
                .collect(Collectors.joining("; "));
        return (ready.isEmpty() ? "no step has all its rights" : "these steps have all their rights: " + ready)
                + (others.isEmpty() ? "" : "; " + others);
    }

    private static String list(String begin, List<Right> rights) {
        return rights.isEmpty()
                ? ""
                : begin + rights.stream().map(ConnectionTest::words).distinct().collect(Collectors.joining(", "));
    }

    private static String words(Right right) {
        return right.verb() + " " + right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
    }
}
