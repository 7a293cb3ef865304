package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.casc.misc.junit.jupiter.AbstractRoundTripTest;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConfigurationAsCodeITest extends AbstractRoundTripTest {

    @Override
    protected void assertConfiguredAsExpected(JenkinsRule jenkins, String yaml) {
        ArgoPreflightConfiguration loaded = ArgoPreflightConfiguration.get();
        assertThat(loaded.getClusters())
                .extracting(ClusterConfiguration::getName)
                .containsExactly("prod", "lab", "file");
        ClusterConfiguration prod = loaded.getClusters().get(0);
        assertThat(prod.getServerUrl()).isEqualTo("https://203.0.113.7:6443");
        assertThat(prod.getCaCertificate()).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(prod.getCredentialsId()).isEqualTo("prod-token");
        assertThat(prod.getTokenServiceAccount()).isEqualTo("jenkins/argo-preflight");
        assertThat(loaded.getClusters().get(1).getTokenServiceAccount()).isEmpty();
        assertThat(prod.getBlockServiceAccount()).isEqualTo("jenkins-blocks/argo-block");
        assertThat(loaded.getClusters().get(1).getBlockServiceAccount()).isEmpty();
        assertThat(prod.getNamespace()).isEqualTo("ci");
        assertThat(prod.getArgoNamespace()).isEqualTo("argo");
        assertThat(prod.getArgoVersion()).isEqualTo("v4.0.5");
        assertThat(prod.getArgoServer()).isEqualTo("https://argo.example.com:2746");
        assertThat(prod.getArgoServerCaCertificate()).isEqualTo("-----BEGIN CERTIFICATE-----");
        assertThat(prod.getArgoServerCredentialsId()).isEqualTo("argo-token");
        assertThat(prod.isArgoServerSkipTlsVerify()).isFalse();
        assertThat(loaded.getClusters().get(1).isArgoServerSkipTlsVerify()).isTrue();
        assertThat(loaded.getClusters().get(2).getArgoServer()).isEmpty();
        assertThat(prod.isJenkinsProxy()).isTrue();
        assertThat(prod.isSkipTlsVerify()).isFalse();
        assertThat(prod.getAllowedNamespaces()).containsExactly("ci", "ci-*");
        assertThat(prod.getAllowedFolders()).containsExactly("team", "*/deploy");
        assertThat(prod.getAllowedHosts()).containsExactly("*.corp.example");
        assertThat(loaded.getAllowedHosts()).containsExactly("10.0.0.0/8", "registry.lab:5000");
        assertThat(prod.isAllowWrites()).isFalse();
        assertThat(loaded.getClusters().get(1).isAllowWrites()).isTrue();
        assertThat(loaded.getClusters().get(1).isSkipTlsVerify()).isTrue();
        assertThat(loaded.getClusters().get(2).getContext()).isEqualTo("lab");
        assertThat(loaded.getDefaultCluster()).isEqualTo("prod");
        assertThat(loaded.isOwnCluster()).isTrue();
        assertThat(loaded.isOnlyConfiguredClusters()).isTrue();
        assertThat(loaded.getUnstableOn()).isEqualTo("UNKNOWN");
        assertThat(loaded.isLockPolicy()).isTrue();
        assertThat(loaded.isPublishDetails()).isTrue();
        assertThat(loaded.isAllowAdopt()).isTrue();
        assertThat(loaded.isAllowAgentServers()).isTrue();
        assertThat(loaded.getRegistries().getInsecureHosts()).containsExactly("registry.lab:5000");
        assertThat(loaded.getRegistries().getOnlyHosts()).containsExactly("*.example.com", "auth.docker.io");
        assertThat(JobSettings.ofJenkins().policy().options().gate()).isEqualTo(Gate.WARN);
        assertThat(loaded.getIgnores())
                .singleElement()
                .extracting(IgnoredCheck::getId, IgnoredCheck::getReason, IgnoredCheck::getUntil)
                .containsExactly("host-path", "build node pool", "2027-01-31");
    }

    @Override
    protected String stringInLogExpected() {
        return ".defaultCluster = prod";
    }
}
