package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenKubeconfigTest {

    /** The kubernetes-credentials plugin hands over what this library writes. */
    @Test
    void shouldReadWhatTheClientLibraryWrites() {
        String yaml = Serialization.asYaml(new ConfigBuilder()
                .addNewCluster()
                .withName("k8s")
                .withCluster(new ClusterBuilder()
                        .withServer("https://one:6443")
                        .withCertificateAuthorityData(base64("CA"))
                        .build())
                .endCluster()
                .addNewUser()
                .withName("cluster-admin")
                .withUser(new AuthInfoBuilder()
                        .withClientCertificateData(base64("CERT"))
                        .withClientKeyData(base64("KEY"))
                        .build())
                .endUser()
                .addNewContext()
                .withName("k8s")
                .withNewContext()
                .withCluster("k8s")
                .withUser("cluster-admin")
                .endContext()
                .endContext()
                .withCurrentContext("k8s")
                .build());
        UntrustedKubeconfig kubeconfig = new UntrustedKubeconfig(
                "credentials \"prod\"", Password.of(yaml), UntrustedKubeconfig.Author.CREDENTIAL);
        assertThat(UntrustedKubeconfig.endpoint(List.of(kubeconfig), "")
                        .login()
                        .certificate()
                        .orElseThrow()
                        .chain())
                .isEqualTo("CERT");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
