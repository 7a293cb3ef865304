package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginKubeconfigTest {

    private static final String SERVER = "https://203.0.113.7:6443";

    @Test
    void shouldHoldTheServerItsAuthorityAndOneToken() {
        String text = LoginKubeconfig.text(
                SERVER, new Trust("-----BEGIN CERTIFICATE-----", false, "kube"), "ci", Password.of("token-1"));

        assertThat(text).isEqualToIgnoringWhitespace("""
                {"apiVersion":"v1","kind":"Config","current-context":"argo-preflight","clusters":[{"name":"argo-preflight",
                "cluster":{"server":"https://203.0.113.7:6443",
                "certificate-authority-data":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t","tls-server-name":"kube"}}],
                "users":[{"name":"argo-preflight","user":{"token":"token-1","tokenFile":"token"}}],
                "contexts":[{"name":"argo-preflight","context":{"cluster":"argo-preflight","user":"argo-preflight",
                "namespace":"ci"}}]}
                """);
    }

    @Test
    void shouldSkipTheVerificationOnlyWhereTheClusterDoes() {
        assertThat(LoginKubeconfig.text(SERVER, new Trust("ignored", true, ""), "ci", Password.of("t")))
                .contains("\"insecure-skip-tls-verify\":true")
                .doesNotContain("certificate-authority-data");
    }

    /** Steps in the body that name no cluster use it, too. */
    @Test
    void shouldBeReadAsAKubeconfigOfABuild() {
        Trust trust = new Trust("-----BEGIN CERTIFICATE-----", false, "");
        String text = LoginKubeconfig.text(SERVER, trust, "ci", Password.of("token-1"));

        ClusterEndpoint endpoint = UntrustedKubeconfig.endpoint(
                List.of(new UntrustedKubeconfig("KUBECONFIG", Password.of(text), Author.BUILD)), "");

        assertThat(endpoint.server()).isEqualTo(SERVER);
        assertThat(endpoint.trust()).isEqualTo(trust);
        assertThat(endpoint.namespace()).isEqualTo("ci");
        assertThat(endpoint.login().header())
                .isInstanceOfSatisfying(
                        ClusterLogin.Bearer.class,
                        bearer -> assertThat(bearer.token().get().reveal()).isEqualTo("token-1"));
    }
}
