package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterProxy;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ConnectionResolver.Target;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionResolverTest {

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
                .isThrownBy(() -> resolve(Map.of(), connection))
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

        Target target = resolve(Map.of("KUBECONFIG", variable), ClusterConnection.DEFAULT);

        assertThat(target.endpoint().server()).isEqualTo("https://two:6443");
        assertThat(token(target)).isEqualTo(ScriptedServer.TOKEN);
        assertThat(target.guarded()).isFalse();
    }

    @Test
    void shouldReadTheHomesKubeconfigWithItsContextsNamespace() throws IOException {
        Files.createDirectory(folder.resolve(".kube"));
        file(".kube/config", PLAIN);

        Target target = resolve(
                Map.of("NO_PROXY", "*.x, other", "https_proxy", "http://proxy:3128"), ClusterConnection.DEFAULT);

        assertThat(target.endpoint().namespace()).isEqualTo("ci");
        assertThat(target.proxy().orElseThrow().url()).isEqualTo("http://proxy:3128");
        assertThat(resolve(Map.of("NO_PROXY", "*", "https_proxy", "http://proxy:3128"), ClusterConnection.DEFAULT)
                        .proxy())
                .isEmpty();
    }

    @Test
    void shouldTakeThePodsServiceAccountWithoutAKubeconfig() throws IOException {
        Map<String, String> environment = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> resolve(environment, ClusterConnection.DEFAULT))
                .withMessage("there is no kubeconfig, and this pod has no " + folder
                        + "/pod/namespace (automountServiceAccountToken?); give --kubeconfig");
        Files.createDirectory(folder.resolve("pod"));
        file("pod/namespace", "jenkins");
        file("pod/token", "first\n");
        file("pod/ca.crt", "PEM\n");

        Target target = resolve(environment, ClusterConnection.DEFAULT);
        file("pod/token", "rotated\n");

        assertThat(target.endpoint().server()).isEqualTo("https://[fd00::1]:443");
        assertThat(target.endpoint().namespace()).isEqualTo("jenkins");
        assertThat(target.endpoint().trust().authority()).isEqualTo("PEM");
        assertThat(token(target)).isEqualTo("rotated");
    }

    @Test
    void shouldReadATokenFileBesideTheKubeconfig() throws IOException {
        file("token", "from-file\n");
        Path config = file("config", PLAIN.replace("token: " + ScriptedServer.TOKEN, "tokenFile: token"));

        Target target = resolve(Map.of(), ClusterConnection.DEFAULT.withKubeconfigs(config));

        assertThat(token(target)).isEqualTo("from-file");
        file("token", "renewed\n");
        assertThat(token(target)).isEqualTo("renewed");
        Files.delete(folder.resolve("token"));
        assertThat(token(target)).isEqualTo("renewed");
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
        Target target = resolve(
                Map.of(), groups.isEmpty() ? connection.impersonating(user) : connection.impersonating(user, groups));

        assertThat(target.endpoint().as()).isEqualTo(user);
        assertThat(String.join(",", target.endpoint().asGroups())).isEqualTo(sent);
    }

    /** The first entry of a name counts, and none that only shares its name. */
    @Test
    void shouldUseTheFirstOfTwoUsersOfOneName() throws IOException {
        Path config = file(
                "config",
                PLAIN.replace("users: [", "users: [{name: jane, user: {token: first}}, {user: {token: nameless}}, "));

        assertThat(token(resolve(Map.of(), ClusterConnection.DEFAULT.withKubeconfigs(config))))
                .isEqualTo("first");
    }

    @Test
    void shouldReadTheServerNameAndTheProxyOfTheCluster() throws IOException {
        Path config = file(
                "config",
                PLAIN.replace("server: ", "tls-server-name: api.example.com, proxy-url: 'socks5://jump', server: "));

        Target target = resolve(Map.of(), ClusterConnection.DEFAULT.withKubeconfigs(config));

        assertThat(target.endpoint().trust().serverName()).isEqualTo("api.example.com");
        assertThat(target.proxy().orElseThrow().url()).isEqualTo("socks5://jump:1080");
    }

    @Test
    void shouldGoThroughTheProxyThatIsAskedFor() throws IOException {
        ClusterProxy proxy =
                new ClusterProxy("http://proxy:3128", "joe", Password.of("pw"), Proxies.noProxy(".internal"));
        ClusterConnection connection =
                ClusterConnection.DEFAULT.withKubeconfigs(file("config", PLAIN)).through(proxy);

        assertThat(resolve(Map.of("HTTPS_PROXY", "http://other:1"), connection).proxy())
                .contains(proxy);
    }

    @Test
    void shouldReportThatThereIsNoPodWithAServiceAccount() {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> resolve(Map.of(), ClusterConnection.DEFAULT.from(new ClusterSource.InPod())))
                .withMessageContaining("KUBERNETES_SERVICE_HOST is not set");
    }

    private Target resolve(Map<String, String> environment, ClusterConnection connection) {
        return new ConnectionResolver(environment, folder, folder.resolve("pod")).resolve(connection);
    }

    private static String token(Target target) {
        return ((ClusterLogin.Bearer) target.endpoint().login().header())
                .token()
                .get()
                .reveal();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
