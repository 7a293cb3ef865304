package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples of {@code docs/configuration.md}, loaded as they stand. */
@WithJenkins
class ExampleConfigurationITest {

    private static void load(Path folder, String title) throws Exception {
        Path authority = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        String page = Files.readString(ProjectRoot.path().resolve("docs/configuration.md"));
        String example = page.split("\n## " + title + "\n")[1].split("```yaml\n")[1].split("```\n")[0].replace(
                "/etc/jenkins/prod-ca.pem", authority.toString());

        ConfigurationAsCode.get()
                .configure(Files.writeString(folder.resolve("jenkins.yaml"), example)
                        .toString());
    }

    @Test
    void shouldLoadTheMinimalExample(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        load(folder, "A minimal example");

        assertThat(ArgoPreflightConfiguration.get().getClusters())
                .singleElement()
                .satisfies(cluster -> {
                    assertThat(cluster.getName()).isEqualTo("prod");
                    assertThat(cluster.getCaCertificate()).startsWith("-----BEGIN");
                    assertThat(cluster.getTokenServiceAccount()).isEqualTo("jenkins/argo-preflight");
                });
    }

    @Test
    void shouldLoadAndExportTheExample(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        load(folder, "A complete example");

        ArgoPreflightConfiguration loaded = ArgoPreflightConfiguration.get();
        assertThat(loaded.getClusters())
                .extracting(ClusterConfiguration::getName)
                .containsExactly("prod", "lab");
        assertThat(loaded.getClusters().get(0).getTokenServiceAccount()).isEqualTo("jenkins/argo-preflight");
        assertThat(loaded.getRegistries().getInsecureHosts()).containsExactly("registry.lab:5000");
        assertThat(JobSettings.ofJenkins().policy().options().ignores()).hasSize(1);
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains("blockServiceAccount: \"jenkins-blocks/argo-block\"", "onlyConfiguredClusters: true");
    }
}
