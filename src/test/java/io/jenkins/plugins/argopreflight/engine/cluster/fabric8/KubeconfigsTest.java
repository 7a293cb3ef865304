package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.Config;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.KubeconfigException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeconfigsTest {

    private static final String PLAIN = ScriptedServer.kubeconfig("https://one:6443");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | '' | 'kubeconfig DIR/config does not exist; give --kubeconfig or set KUBECONFIG'",
                "'a: [canary-token' | '' | 'kubeconfig DIR/config is not valid YAML: look at line 1'",
                "'canary-token' | '' | 'kubeconfig DIR/config is not a kubeconfig: it holds no YAML object'",
                "'contexts: canary-token' | '' |"
                        + " 'kubeconfig DIR/config is not a kubeconfig: compare it with kubectl config view'",
                "'contexts: [{name: a, context: {cluster: x}}]' | '' |"
                        + " 'current-context is not set in DIR/config; give --context, one of: a'",
                "'contexts: [{name: a, context: {cluster: x}}]' | prod |"
                        + " 'context \"prod\" does not exist in DIR/config; there are: a'",
                "'contexts: [{name: a, context: {cluster: x}}]' | a |"
                        + " 'context \"a\" names the cluster \"x\", which DIR/config lacks'",
                "'{contexts: [{name: a, context: {cluster: x, user: y}}],"
                        + " clusters: [{name: x, cluster: {server: \"https://x\"}}]}' | a |"
                        + " 'context \"a\" names the user \"y\", which DIR/config lacks'",
                "'{contexts: [{name: a, context: {cluster: x}}], clusters: [{name: x, cluster: {server: x}}]}' | a |"
                        + " 'cluster \"x\" in DIR/config has no server: https://…'",
            })
    void shouldSayInOneLineWhatToChange(String content, String context, String message) throws IOException {
        Path file = folder.resolve("config");
        if (content != null) {
            Files.writeString(file, content);
        }
        ClusterConnection connection =
                ClusterConnection.DEFAULT.withKubeconfigs(file).withContext(context);

        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> configs(Map.of()).of(connection))
                .withMessage(message.replace("DIR", folder.toString()))
                .withNoCause();
    }

    @Test
    void shouldMergeAsKubectlDoes() throws IOException {
        Path first = file("first", "{current-context: b, contexts: [{name: b, context: {cluster: two, user: jane}}]}");
        Path second = file("second", PLAIN);
        Path third = file("third", ScriptedServer.kubeconfig("https://unused") + "\n");
        Files.writeString(third, "clusters: [{name: two, cluster: {server: 'https://two:6443'}}]");
        String variable = String.join(File.pathSeparator, first + "", folder + "/absent", second + "", third + "");

        Config config = configs(Map.of("KUBECONFIG", variable)).of(ClusterConnection.DEFAULT);

        assertThat(config.getMasterUrl()).startsWith("https://two:6443");
        assertThat(config.getAutoOAuthToken()).isEqualTo(ScriptedServer.TOKEN);
    }

    @Test
    void shouldReadTheHomesKubeconfigWithItsContextsNamespaceAndNoRetries() throws IOException {
        Files.createDirectory(folder.resolve(".kube"));
        file(".kube/config", PLAIN);

        Config config = configs(Map.of("NO_PROXY", "*,one", "https_proxy", "http://proxy:3128"))
                .of(ClusterConnection.DEFAULT);

        assertThat(config.getNamespace()).isEqualTo("ci");
        assertThat(config.getRequestRetryBackoffLimit()).isZero();
        assertThat(config.getHttpsProxy()).isEqualTo("http://proxy:3128");
        assertThat(config.getNoProxy()).containsExactly("one");
    }

    @Test
    void shouldTakeThePodsServiceAccountWithoutAKubeconfig() throws IOException {
        Map<String, String> environment = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> configs(environment).of(ClusterConnection.DEFAULT))
                .withMessage("there is no kubeconfig, and this pod has no " + folder
                        + "/pod/namespace (automountServiceAccountToken?); give --kubeconfig");
        Files.createDirectory(folder.resolve("pod"));
        file("pod/namespace", "jenkins");
        file("pod/token", "first\n");

        Config config = configs(environment).of(ClusterConnection.DEFAULT);
        file("pod/token", "rotated\n");

        assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:443/");
        assertThat(config.getNamespace()).isEqualTo("jenkins");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("rotated");
    }

    @Test
    void shouldReadATokenFileBesideTheKubeconfig() throws IOException {
        file("token", "from-file\n");
        Path config = file("config", PLAIN.replace("token: " + ScriptedServer.TOKEN, "tokenFile: token"));

        assertThat(configs(Map.of())
                        .of(ClusterConnection.DEFAULT.withKubeconfigs(config))
                        .getAutoOAuthToken())
                .isEqualTo("from-file");
    }

    @Test
    void shouldRunAnExecPluginOnlyWhereItMay() throws IOException {
        String exec = "exec: {apiVersion: client.authentication.k8s.io/v1, command: cat, args: [%s/credential.json]}";
        Path config = file("config", PLAIN.replace("token: " + ScriptedServer.TOKEN, exec.formatted(folder)));
        ClusterConnection connection = ClusterConnection.DEFAULT.withKubeconfigs(config);

        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> configs(Map.of()).of(connection))
                .withMessage("user \"jane\": the program \"cat\" gave no credential; run it by hand: cat " + folder
                        + "/credential.json");
        file(
                "credential.json",
                "{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
                        + "\"status\":{\"token\":\"t\"}}");
        assertThat(configs(Map.of()).of(connection).getAutoOAuthToken()).isEqualTo("t");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> configs(Map.of()).of(connection.withoutExecPlugins()))
                .withMessageContaining("which may not be started here");
    }

    @ParameterizedTest
    @CsvSource({
        "jane, '', ''",
        "jane, devs, devs",
        "system:serviceaccount:ci:bot, '', ''",
        "system:serviceaccount:ci:bot, devs, 'devs,system:serviceaccounts,system:serviceaccounts:ci'"
    })
    void shouldImpersonateWithTheGroupsOfAServiceAccount(String user, String groups, String sent) throws IOException {
        ClusterConnection connection = ClusterConnection.DEFAULT.withKubeconfigs(file("config", PLAIN));
        Config config = configs(Map.of())
                .of(groups.isEmpty() ? connection.impersonating(user) : connection.impersonating(user, groups));

        assertThat(config.getImpersonateUsername()).isEqualTo(user);
        assertThat(String.join(",", config.getImpersonateGroups())).isEqualTo(sent);
    }

    private ClientConfigs configs(Map<String, String> environment) {
        return new ClientConfigs(environment, folder, folder.resolve("pod"));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
