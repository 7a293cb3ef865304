package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigText;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigText.Login;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTextTest {

    private static final String PLAIN = ScriptedServer.kubeconfig("https://one:6443");
    private static final String TOKEN = "token: " + ScriptedServer.TOKEN;

    @TempDir
    private Path folder;

    @Test
    void shouldReadAKubeconfigThatIsNoFile() {
        Config config = config(PLAIN);

        assertThat(config.getMasterUrl()).startsWith("https://one:6443");
        assertThat(config.getAutoOAuthToken()).isEqualTo(ScriptedServer.TOKEN);
        assertThat(config.getNamespace()).isEqualTo("ci");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec: {apiVersion: v1, command: touch, args: [ran]} | 'user \"jane\" in credentials \"prod\" gets its"
                        + " credential from the program \"touch\", which may not be started here; use a token or a"
                        + " client certificate'",
                "auth-provider: {name: oidc} | 'user \"jane\" in credentials \"prod\" has an auth-provider, which is not"
                        + " followed here; use a token or a client certificate'",
                "tokenFile: /etc/passwd | 'user \"jane\" in credentials \"prod\" has tokenFile, a file that is not read"
                        + " here; use token: kubectl config view --raw --flatten'",
                "client-key: key.pem | 'user \"jane\" in credentials \"prod\" has client-key, a file that is not read"
                        + " here; use client-key-data: kubectl config view --raw --flatten'",
            })
    void shouldReadNoFileAndStartNoProgramOfThisMachine(String user, String message) {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> config(PLAIN.replace(TOKEN, user)))
                .withMessage(message);
    }

    @Test
    void shouldReadNoAuthorityOfThisMachine() {
        String text = PLAIN.replace("server: ", "certificate-authority: /etc/ssl/ca.crt, server: ");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> config(text))
                .withMessageContaining("cluster \"dev\" in credentials \"prod\" has certificate-authority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [canary-token", "canary-token", "contexts: canary-token"})
    void shouldNotQuoteWhatItCannotRead(String text) {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> config(text))
                .withMessageStartingWith("kubeconfig of credentials \"prod\" is not ")
                .withMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254", "https://[fd00:ec2::254]:6443", "https://100.100.100.200/x"})
    void shouldNotAskAMetadataService(String server) {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> Fabric8Gateway.connect(connection(ScriptedServer.kubeconfig(server))))
                .withMessageContaining("link-local or metadata address");
    }

    @Test
    void shouldCarryEachKindOfLogin() {
        Config token = config(made("", false, new Login.Token(Password.of(" t0ken\n"))));
        assertThat(token.getAutoOAuthToken()).isEqualTo("t0ken");
        assertThat(token.isTrustCerts()).isFalse();
        Config basic = config(made("", true, new Login.Basic("jane", Password.of("pass"))));
        assertThat(basic.getUsername() + ":" + basic.getPassword()).isEqualTo("jane:pass");
        assertThat(basic.isTrustCerts()).isTrue();
        assertThat(config(made("PEM", false, new Login.Anonymous())).getCaCertData())
                .isEqualTo("UEVN");
    }

    @Test
    void shouldPrintNoSecret() {
        KubeconfigText text = made("", false, new Login.Token(Password.of("canary")));
        assertThat(text + " " + new Login.Token(Password.of("canary")) + new ClusterSource.Texts(List.of(text)))
                .doesNotContain("canary");
    }

    @Test
    void shouldGoThroughTheProxyThatIsAskedFor() {
        ClusterProxy proxy = new ClusterProxy("http://proxy:3128", "joe", Password.of("pw"), List.of(".internal"));
        Config config = configs().of(connection(PLAIN).through(proxy));

        assertThat(config.getHttpsProxy()).isEqualTo("http://proxy:3128");
        assertThat(config.getProxyUsername()).isEqualTo("joe");
        assertThat(config.getNoProxy()).containsExactly(".internal");
    }

    @Test
    void shouldSayThatThereIsNoPodToTakeTheAccountOf() {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> configs().of(ClusterConnection.DEFAULT.from(new ClusterSource.InPod())))
                .withMessageContaining("KUBERNETES_SERVICE_HOST is not set");
    }

    private static KubeconfigText made(String authority, boolean skip, Login login) {
        return KubeconfigText.of("cluster \"prod\"", "https://one:6443", authority, skip, login);
    }

    private Config config(KubeconfigText text) {
        return configs().of(ClusterConnection.DEFAULT.from(new ClusterSource.Texts(List.of(text))));
    }

    private Config config(String text) {
        return configs().of(connection(text));
    }

    private static ClusterConnection connection(String text) {
        return ClusterConnection.DEFAULT.from(
                new ClusterSource.Texts(List.of(new KubeconfigText("credentials \"prod\"", Password.of(text)))));
    }

    private ClientConfigs configs() {
        return new ClientConfigs(Map.of(), folder, folder.resolve("pod"));
    }
}
