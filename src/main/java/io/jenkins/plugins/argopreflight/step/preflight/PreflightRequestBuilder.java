package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.GatePolicy;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The engine's request from the step's parameters, the cluster's configuration, and the folder's and Jenkins' defaults. */
final class PreflightRequestBuilder {

    private final PreflightConfig order;
    private final GatePolicy policy;
    private final List<String> nodeCredentials;
    private final Map<String, String> parameters;

    /**
     * @param nodeCredentials images that the nodes pull with credentials of their own
     * @param parameters values that the submission gives to the workflows' parameters
     */
    PreflightRequestBuilder(
            PreflightConfig order, GatePolicy policy, List<String> nodeCredentials, Map<String, String> parameters) {
        this.order = order;
        this.policy = policy;
        this.nodeCredentials = nodeCredentials;
        this.parameters = parameters;
    }

    /** Of files alone. */
    PreflightRequest of(List<Document> documents) {
        return request(documents, "default", order.argoNamespace, order.argoVersion);
    }

    PreflightRequest in(StepCluster cluster, List<Document> documents) {
        return request(
                documents,
                cluster.namespace(),
                said(order.argoNamespace, cluster, ClusterConfiguration::getArgoNamespace),
                said(order.argoVersion, cluster, ClusterConfiguration::getArgoVersion));
    }

    private static String said(String here, StepCluster cluster, Function<ClusterConfiguration, String> there) {
        return here.isEmpty() ? cluster.configuration().map(there).orElse("") : here;
    }

    private PreflightRequest request(
            List<Document> documents, String namespace, String argoNamespace, String argoVersion) {
        return new PreflightRequest(
                documents,
                order.objects,
                order.namespace.isEmpty() ? namespace : order.namespace,
                argoNamespace.isEmpty() ? NamedCluster.DEFAULT_ARGO_NAMESPACE : argoNamespace,
                version(argoVersion),
                Optional.of(order.kubernetesVersion)
                        .filter(version -> !version.isEmpty())
                        .map(version -> version.startsWith("v") ? version : "v" + version),
                order.podSecurity,
                List.of(),
                parameters,
                nodeCredentials,
                policy.ignores(),
                Gate.NEVER,
                LocalDate.now(ZoneId.systemDefault()));
    }

    private static Optional<ArgoVersion> version(String text) {
        if (text.isEmpty() || text.equals("ask")) {
            return Optional.empty();
        }
        return Optional.of(ArgoVersion.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(ParameterValidation.ARGO_VERSION.refusal(text))));
    }
}
