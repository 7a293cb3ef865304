package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.Settings;
import io.jenkins.plugins.argopreflight.engine.Gate;
import io.jenkins.plugins.argopreflight.engine.Ignore;
import io.jenkins.plugins.argopreflight.engine.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The engine's request from the step's parameters, the cluster's configuration, and the folder's and Jenkins' defaults. */
final class PreflightQuestion {

    private static final String ARGO_NAMESPACE = "argo";

    private final PreflightOrder order;
    private final Settings settings;

    PreflightQuestion(PreflightOrder order, Settings settings) {
        this.order = order;
        this.settings = settings;
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
                argoNamespace.isEmpty() ? ARGO_NAMESPACE : argoNamespace,
                version(argoVersion),
                Optional.of(order.kubernetesVersion)
                        .filter(version -> !version.isEmpty())
                        .map(version -> version.startsWith("v") ? version : "v" + version),
                order.podSecurity,
                List.of(),
                ignores(),
                Gate.NEVER,
                LocalDate.now());
    }

    /** The step's own first; of one check the first word counts. */
    private List<Ignore> ignores() {
        Map<String, Ignore> first = new LinkedHashMap<>();
        Stream.concat(order.ignores.stream(), settings.ignores().stream())
                .map(IgnoredCheck::toIgnore)
                .forEach(ignore -> first.putIfAbsent(ignore.check(), ignore));
        return List.copyOf(first.values());
    }

    private static Optional<ArgoVersion> version(String text) {
        if (text.isEmpty() || text.equals("ask")) {
            return Optional.empty();
        }
        return Optional.of(ArgoVersion.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "argoVersion \"" + text + "\": " + WordRule.ARGO_VERSION.words())));
    }
}
