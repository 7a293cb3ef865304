package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.casc.misc.junit.jupiter.WithJenkinsConfiguredWithCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;

@WithJenkinsConfiguredWithCode
class ExportITest {

    @Test
    @ConfiguredWithCode("configuration-as-code.yaml")
    void shouldExportWhatWasLoaded(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("argoPreflight:", "name: \"prod\"", "credentialsId: \"prod-token\"", "failOn: \"WARN\"")
                .contains(
                        "publishDetails: true", "publishTests: true", "tokenServiceAccount: \"jenkins/argo-preflight\"")
                .contains("blockServiceAccount: \"jenkins-blocks/argo-block\"")
                .contains("nodeCredentials:", "*.dkr.ecr.*.amazonaws.com")
                .contains("allowedHosts:", "onlyHosts:", "images=2000", "id: \"host-path\"");
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yaml")
    void shouldKeepEverythingWhenTheFormIsSaved(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        String before = print();
        jenkins.configRoundtrip();
        assertThat(print()).isEqualTo(before);
    }

    @Test
    @ConfiguredWithCode("configuration-as-code.yaml")
    void shouldForgetAListThatTheFormEmptied(JenkinsConfiguredWithCodeRule jenkins) throws Exception {
        ArgoPreflightConfiguration.get().setClusters(List.of());
        ArgoPreflightConfiguration.get().setIgnores(List.of());
        jenkins.configRoundtrip();
        assertThat(ArgoPreflightConfiguration.get().getClusters()).isEmpty();
        assertThat(ArgoPreflightConfiguration.get().getIgnores()).isEmpty();
    }

    private static String print() {
        return Jenkins.XSTREAM2.toXML(ArgoPreflightConfiguration.get());
    }
}
