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
            return ". "
                    + (user.isEmpty()
                            ? Messages.ConnectionTest_argoServer(server.server(), server.version())
                            : Messages.ConnectionTest_argoServerOf(server.server(), server.version(), user));
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
            return FormValidation.error(Messages.ConnectionTest_anonymous(gateway.server()));
        }
        String text = Messages.ConnectionTest_user(
                        gateway.server(),
                        found.identity().ifKnown().map(Identity::user).orElseGet(Messages::ConnectionTest_unknownUser))
                + end.map(each -> ". " + each.sentence(Clock.systemUTC())).orElse("")
                + ". " + controller(found.argo(), argoNamespace) + ". "
                + Messages.ConnectionTest_inNamespace(namespace, steps(found.steps())) + argo;
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
                version -> Messages.ConnectionTest_argo(namespace, version),
                unknown -> Messages.ConnectionTest_unknownArgo(unknown.reason()));
    }

    private static String steps(List<Step> steps) {
        String ready = steps.stream()
                .filter(Step::isReady)
                .map(step -> step.step().function())
                .collect(Collectors.joining(", "));
        String others = steps.stream()
                .filter(step -> !step.isReady())
                .map(ConnectionTest::wanting)
                .collect(Collectors.joining("; "));
        return (ready.isEmpty() ? Messages.ConnectionTest_noneReady() : Messages.ConnectionTest_ready(ready))
                + (others.isEmpty() ? "" : "; " + others);
    }

    private static String wanting(Step step) {
        String function = step.step().function();
        if (step.unknown().isEmpty()) {
            return Messages.ConnectionTest_missing(function, list(step.missing()));
        }
        return step.missing().isEmpty()
                ? Messages.ConnectionTest_unknown(function, list(step.unknown()))
                : Messages.ConnectionTest_missingAndUnknown(function, list(step.missing()), list(step.unknown()));
    }

    private static String list(List<Right> rights) {
        return rights.stream().map(ConnectionTest::words).distinct().collect(Collectors.joining(", "));
    }

    private static String words(Right right) {
        return right.verb() + " " + right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource());
    }
}
