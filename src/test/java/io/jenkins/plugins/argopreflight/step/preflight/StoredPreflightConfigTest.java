package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.action.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.testing.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The parameters of a running build, as an earlier version stored them. */
class StoredPreflightConfigTest {

    private final PreflightConfig stored = StoredObject.read("preflight-config.txt", PreflightConfig.class);

    @Test
    void shouldReadEachParameterOfAnEarlierVersion() {
        PreflightConfig expected = new PreflightConfig()
                .checking("workflows/*.yaml", "", "workflowtemplate/build")
                .in(ClusterChoice.of(Map.of("cluster", "prod")), "ci")
                .withValues(List.of("tag=v1"), "values.yaml")
                .withGate("WARN", "UNKNOWN", List.of())
                .withReport("Images", true)
                .with(config -> {
                    config.manifests = null;
                    config.newOnly = true;
                    config.referenceJob = "main";
                    config.id = "images";
                    config.argoNamespace = "argo-ci";
                    config.argoVersion = "v3.7.0";
                    config.kubernetesVersion = "v1.34.4";
                    config.podSecurity = "baseline";
                    config.noCluster = true;
                    config.noRegistry = true;
                    config.skipPublishingChecks = true;
                    config.skipPublishingTests = true;
                });
        assertThat(stored).usingRecursiveComparison().isEqualTo(expected);
        assertThat(stored.manifests()).isEmpty();
    }

    @Test
    void shouldBecomeOneRequest() {
        assertThat(stored.unpublished(true)).containsExactly(Place.CHECKS, Place.TESTS);

        GateOptions options = GateOptions.DEFAULT.countingOnlyNew();
        PreflightRequest request =
                stored.request(Optional.empty(), List.of(), Map.of("tag", "v1"), List.of("ghcr.io/*"), options);
        assertThat(request.gateOptions()).isEqualTo(options);
        assertThat(request.collectRequest().names()).containsExactly("workflowtemplate/build");
        assertThat(request.collectRequest().kubernetesVersion()).contains("v1.34.4");
        assertThat(request.collectRequest().podSecurity()).isEqualTo("baseline");
        assertThat(request.collectRequest().nodeCredentials()).containsExactly("ghcr.io/*");
        assertThat(request.collectRequest().workflows().namespace()).isEqualTo("ci");
        assertThat(request.collectRequest().workflows().argoNamespace()).isEqualTo("argo-ci");
        assertThat(request.collectRequest().workflows().argoVersion()).hasToString("Optional[v3.7.0]");
        assertThat(request.collectRequest().workflows().parameters()).isEqualTo(Map.of("tag", "v1"));
    }

    @Test
    void shouldNotShareWhatACopyChanges() {
        PreflightConfig copy = stored.withValues(new ArrayList<>(), "").withReport("Other", false);
        assertThat(stored.parameters).containsExactly("tag=v1");
        assertThat(stored.name).isEqualTo("Images");
        assertThat(copy.parameters).isEmpty();
    }
}
