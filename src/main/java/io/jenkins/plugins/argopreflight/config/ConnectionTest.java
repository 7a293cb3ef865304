package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity.ServiceAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.TokenAccount;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.engine.preflight.StepNamespaces;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The connection test of a cluster's form: reports Jenkins' identity in the cluster and the steps that can run there.
 * The caller has checked the permission.
 */
final class ConnectionTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15));

    private ConnectionTest() {}

    /**
     * Tests a connection.
     *
     * @param item the folder that is configured; null for Jenkins
     */
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
            try (Budget.Scope budget = Budget.open(JobSettings.of(item).limits());
                    Fabric8Gateway gateway = Fabric8Gateway.connect(connection)) {
                return ask(gateway, configuration, end, argo);
            }
        } catch (KubeconfigException | ClusterException | IOException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Returns a sentence about the cluster's Argo Server; "" if none is configured. */
    private static String argoServer(NamedCluster cluster, ClusterConnection connection) throws IOException {
        Optional<ArgoServer> found = cluster.connectArgoServer(connection, NamedCluster.ArgoServerLogin.CONFIGURED);
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

    /** Asks the cluster, and returns the result as HTML. It is a warning if the credential ends soon. */
    private static FormValidation ask(
            Fabric8Gateway gateway, ClusterConfiguration configuration, Optional<CredentialEnd> end, String argo) {
        StepNamespaces namespaces = new StepNamespaces(
                configuration.getNamespace().isEmpty() ? gateway.namespace() : configuration.getNamespace(),
                configuration.getArgoNamespace().isEmpty()
                        ? NamedCluster.DEFAULT_ARGO_NAMESPACE
                        : configuration.getArgoNamespace(),
                TokenAccount.parse(configuration.getBlockServiceAccount())
                        .map(ServiceAccount::namespace)
                        .orElse(""));
        List<StepRights> steps = (configuration.isAllowWrites() ? StepRights.ofWritable() : StepRights.ofReadOnly())
                .stream()
                        .filter(step -> step != StepRights.CLUSTER_BLOCK
                                || !namespaces.blockNamespace().isEmpty())
                        .toList();
        ClusterReadiness readiness = ClusterReadiness.of(gateway, namespaces, steps);
        if (readiness.anonymous()) {
            return FormValidation.error(Messages.ConnectionTest_anonymous(gateway.server()));
        }
        String html = "<div class=\"ap-connection\"><div class=\"jenkins-!-success-color\">"
                + Util.escape(Messages.ConnectionTest_connected())
                + "</div>"
                + paragraph(Messages.ConnectionTest_user(
                                gateway.server(),
                                readiness
                                        .identity()
                                        .ifKnown()
                                        .map(Identity::user)
                                        .orElseGet(Messages::ConnectionTest_unknownUser))
                        + end.map(each -> ". " + each.sentence(Clock.systemUTC()))
                                .orElse("")
                        + ". " + controller(readiness.argo(), namespaces.argoNamespace()) + argo)
                + paragraph(Messages.ConnectionTest_steps(namespaces.namespace()))
                + "<ul>"
                + readiness.steps().stream()
                        .map(step -> item(step, readiness.steps()))
                        .collect(Collectors.joining())
                + "</ul>"
                + hint(readiness.steps()).map(ConnectionTest::paragraph).orElse("") + "</div>";
        boolean soon =
                end.filter(each -> each.isNear(Clock.systemUTC().instant())).isPresent();
        return soon ? FormValidation.warningWithMarkup(html) : FormValidation.okWithMarkup(html);
    }

    private static String controller(Fact<String> argo, String namespace) {
        return argo.fold(
                version -> Messages.ConnectionTest_argo(namespace, version),
                unknown -> Messages.ConnectionTest_unknownArgo(unknown.reason()));
    }

    private static String paragraph(String text) {
        return "<div>" + Util.escape(text) + "</div>";
    }

    /**
     * Returns a list item for a step: the objects that its rights are limited to, or the rights that it lacks and the
     * command that grants them.
     */
    private static String item(Step step, List<Step> steps) {
        return "<li>" + Util.escape(text(step, steps))
                + step.command()
                        .map(command -> "<pre>" + Util.escape(command) + "</pre>")
                        .orElse("")
                + "</li>";
    }

    /**
     * Returns a hint where to find the script of the commands and what to replace in them; empty if there are no
     * commands.
     */
    static Optional<String> hint(List<Step> steps) {
        return steps.stream().anyMatch(step -> step.command().isPresent())
                ? Optional.of(Messages.ConnectionTest_script())
                : Optional.empty();
    }

    /**
     * Returns a sentence about a step: the rights that it lacks, or the limits of its rights.
     *
     * @param steps all steps of the cluster; if one of them is usable, Jenkins can do without the others
     */
    static String text(Step step, List<Step> steps) {
        if (!step.isReady()) {
            return lacking(step, steps);
        }
        String function = step.step().function();
        String limits = limits(step);
        return Stream.of(
                        limits.isEmpty()
                                ? Messages.ConnectionTest_usable(function)
                                : Messages.ConnectionTest_usableFor(function, limits),
                        optionalSentence(
                                step, right -> right.verb().equals("create"), Messages::ConnectionTest_withoutDryRun),
                        optionalSentence(step, right -> !isPods(right), Messages::ConnectionTest_withoutSubmit))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(". "));
    }

    /** Returns a sentence with the matching optional rights that are missing; "" if there are none. */
    private static String optionalSentence(Step step, Predicate<Right> filter, UnaryOperator<String> sentence) {
        List<Right> rights = step.optional().stream().filter(filter).toList();
        return rights.isEmpty() ? "" : sentence.apply(Right.list(rights));
    }

    private static boolean isPods(Right right) {
        return right.resource().equals("pods") && right.subresource().isEmpty();
    }

    private static String limits(Step step) {
        return Stream.of(
                        step.secrets().isEmpty()
                                ? ""
                                : Messages.ConnectionTest_secrets(String.join(", ", step.secrets())),
                        step.accounts().isEmpty()
                                ? ""
                                : Messages.ConnectionTest_accounts(String.join(", ", step.accounts())))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String lacking(Step step, List<Step> steps) {
        boolean optional = steps.stream().anyMatch(Step::isReady);
        String function = step.step().function();
        String missing = Right.list(step.missing());
        String unknown = Right.list(step.unknown());
        if (missing.isEmpty()) {
            return optional
                    ? Messages.ConnectionTest_optionalUnknown(function, unknown)
                    : Messages.ConnectionTest_unknown(function, unknown);
        }
        String sentence = optional
                ? Messages.ConnectionTest_optional(function, missing)
                : Messages.ConnectionTest_missing(function, missing);
        return unknown.isEmpty() ? sentence : sentence + "; " + Messages.ConnectionTest_andUnknown(unknown);
    }
}
