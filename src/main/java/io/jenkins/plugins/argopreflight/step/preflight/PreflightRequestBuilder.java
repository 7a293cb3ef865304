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

/**
 * The conversion of a step's parameters, the cluster's configuration and the defaults of folders and Jenkins to the
 * engine's request.
 */
final class PreflightRequestBuilder {

    private final PreflightConfig config;
    private final GatePolicy policy;
    private final List<String> nodeCredentials;
    private final Map<String, String> parameters;

    /**
     * Creates a builder.
     *
     * @param nodeCredentials patterns of the images that nodes pull with their own credentials
     * @param parameters values of the submission for the workflows' parameters
     */
    PreflightRequestBuilder(
            PreflightConfig config, GatePolicy policy, List<String> nodeCredentials, Map<String, String> parameters) {
        this.config = config;
        this.policy = policy;
        this.nodeCredentials = nodeCredentials;
        this.parameters = parameters;
    }

    /** Returns the request for a check without a cluster. */
    PreflightRequest of(List<Document> documents) {
        return request(documents, "default", config.argoNamespace, config.argoVersion);
    }

    PreflightRequest in(StepCluster cluster, List<Document> documents) {
        return request(
                documents,
                cluster.namespace(),
                configuredOr(config.argoNamespace, cluster, ClusterConfiguration::getArgoNamespace),
                configuredOr(config.argoVersion, cluster, ClusterConfiguration::getArgoVersion));
    }

    private static String configuredOr(
            String ofStep, StepCluster cluster, Function<ClusterConfiguration, String> ofCluster) {
        return ofStep.isEmpty() ? cluster.configuration().map(ofCluster).orElse("") : ofStep;
    }

    private PreflightRequest request(
            List<Document> documents, String namespace, String argoNamespace, String argoVersion) {
        return new PreflightRequest(
                documents,
                config.objects,
                config.namespace.isEmpty() ? namespace : config.namespace,
                argoNamespace.isEmpty() ? NamedCluster.DEFAULT_ARGO_NAMESPACE : argoNamespace,
                version(argoVersion),
                Optional.of(config.kubernetesVersion)
                        .filter(version -> !version.isEmpty())
                        .map(version -> version.startsWith("v") ? version : "v" + version),
                config.podSecurity,
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
