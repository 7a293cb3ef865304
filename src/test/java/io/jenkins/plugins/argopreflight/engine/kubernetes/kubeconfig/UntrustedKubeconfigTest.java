package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedKubeconfigTest {

    private static final String PLAIN = """
            apiVersion: v1
            kind: Config
            preferences: {}
            current-context: dev
            contexts: [{name: dev, context: {cluster: dev, user: jane, namespace: ci}}]
            clusters: [{name: dev, cluster: {server: "https://one:6443"}}]
            users: [{name: jane, user: {token: canary-token}}]
            """;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static UntrustedKubeconfig credential(String text) {
        return new UntrustedKubeconfig("credentials \"prod\"", Password.of(text), Author.CREDENTIAL);
    }

    private static UntrustedKubeconfig ofBuild(String file, String text) {
        return new UntrustedKubeconfig("KUBECONFIG " + file, Password.of(text), Author.BUILD);
    }

    private static ClusterEndpoint endpoint(String text) {
        return UntrustedKubeconfig.endpoint(List.of(credential(text)), "");
    }

    private static String token(ClusterEndpoint endpoint) {
        return ((ClusterLogin.Bearer) endpoint.login().header()).token().get().reveal();
    }

    private static void shouldRefuse(String message, UntrustedKubeconfig... kubeconfigs) {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> UntrustedKubeconfig.endpoint(List.of(kubeconfigs), ""))
                .withMessageContaining(message)
                .withMessageNotContaining("canary")
                .withNoCause();
    }

    @Test
    void shouldCopyEachFieldOnTheList() {
        ClusterEndpoint endpoint = endpoint("""
                current-context: dev
                contexts: [{name: dev, context: {cluster: c, user: u, namespace: ci}}]
                clusters:
                - name: c
                  cluster:
                    server: https://one:6443
                    certificate-authority-data: %s
                    tls-server-name: api.example.com
                    insecure-skip-tls-verify: true
                users:
                - name: u
                  user:
                    username: jane
                    password: "1234"
                    client-certificate-data: %s
                    client-key-data: %s
                    as: bot
                    as-groups: [devs, ops]
                """.formatted(base64("CA"), base64("CERT"), base64("KEY")));

        assertThat(endpoint)
                .isEqualTo(new ClusterEndpoint(
                        "credentials \"prod\"",
                        "https://one:6443",
                        new ClusterEndpoint.Trust("CA", true, "api.example.com"),
                        new ClusterLogin(
                                new ClusterLogin.Basic("jane", Password.of("1234")),
                                Optional.of(new ClusterLogin.Certificate("CERT", Password.of("KEY")))),
                        "ci",
                        "bot",
                        List.of("devs", "ops")));
        assertThat(token(endpoint(PLAIN))).isEqualTo("canary-token");
    }

    /**
     * The kubeconfigs are as the tools of minikube, GKE and Docker Desktop write them, with the fields that other tools
     * need.
     */
    @Test
    void shouldReadAnOrdinaryKubeconfigWithOtherContexts() {
        ClusterEndpoint endpoint = endpoint("""
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority: /home/jane/.minikube/ca.crt
                    extensions:
                    - extension:
                        last-update: Thu, 26 Nov 2026 08:00:00 UTC
                        provider: minikube.sigs.k8s.io
                        version: v1.37.0
                      name: cluster_info
                    server: https://192.0.2.2:8443
                  name: minikube
                - cluster: {server: "https://one:6443"}
                  name: arn:aws:eks:eu-west-1:111122223333:cluster/prod
                contexts:
                - context:
                    cluster: minikube
                    namespace: default
                    user: minikube
                  name: minikube
                - context:
                    cluster: arn:aws:eks:eu-west-1:111122223333:cluster/prod
                    user: jane
                    extensions: []
                  name: prod
                - context: {cluster: minikube, user: ""}
                  name: unfinished
                current-context: prod
                kind: Config
                preferences: {}
                users:
                - name: minikube
                  user:
                    client-certificate: /home/jane/.minikube/client.crt
                    client-key: /home/jane/.minikube/client.key
                - name: jane
                  user:
                    token: canary-token
                - name: gke
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1beta1
                      command: gke-gcloud-auth-plugin
                      installHint: Install gke-gcloud-auth-plugin
                      provideClusterInfo: true
                """);
        assertThat(endpoint.server()).isEqualTo("https://one:6443");
        assertThat(token(endpoint)).isEqualTo("canary-token");
    }

    @Test
    void shouldTakeTheContextThatIsAskedFor() {
        String two = PLAIN.replace("contexts: [", "contexts: [{name: other, context: {cluster: dev}}, ");
        assertThat(UntrustedKubeconfig.endpoint(List.of(credential(two)), "other")
                        .login())
                .isEqualTo(ClusterLogin.anonymous());
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> UntrustedKubeconfig.endpoint(List.of(credential(two)), "none"))
                .withMessage("context \"none\" does not exist in credentials \"prod\"; there are: other, dev");
    }

    @Test
    void shouldMergeTheFilesOfABuildAndRefuseANameThatTwoOfThemHave() {
        ClusterEndpoint endpoint = UntrustedKubeconfig.endpoint(
                List.of(
                        ofBuild(
                                "a",
                                "{current-context: b, contexts: [{name: b, context: {cluster: two, user: jane}}]}"),
                        ofBuild("b", PLAIN),
                        ofBuild("c", "clusters: [{name: two, cluster: {server: 'https://two:6443'}}]")),
                "");
        assertThat(endpoint.server()).isEqualTo("https://two:6443");
        assertThat(token(endpoint)).isEqualTo("canary-token");

        for (String twice : List.of("users", "contexts", "clusters")) {
            String other = PLAIN.lines()
                    .filter(line -> line.startsWith(twice))
                    .findFirst()
                    .orElseThrow();
            shouldRefuse(
                    "KUBECONFIG a and KUBECONFIG b together have two " + twice + " \"",
                    ofBuild("a", PLAIN),
                    ofBuild("b", other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"as: admin", "as-groups: ['system:masters']", "as: ''", "as: null"})
    void shouldLetOnlyACredentialImpersonate(String field) {
        String text = PLAIN.replace("token: ", field + ", token: ");
        shouldRefuse(
                "user \"jane\" in KUBECONFIG a has as or as-groups, which only a kubeconfig in credentials can have",
                ofBuild("a", text));
        shouldRefuse("has as or as-groups", credential("{}"), ofBuild("a", text));
    }

    /** The kubeconfig of a withArgoCluster block has both: kubectl reads the file again while it runs. */
    @Test
    void shouldTakeTheTokenOfABlockWithoutItsFile() {
        assertThat(token(endpoint(PLAIN.replace("token: ", "tokenFile: token, token: "))))
                .isEqualTo("canary-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../token", "./token", "token2", "''", "null", "[token]"})
    void shouldRefuseEachOtherTokenFile(String file) {
        String refused = "tokenFile";
        shouldRefuse(refused, credential(PLAIN.replace("token: ", "tokenFile: " + file + ", token: ")));
        shouldRefuse(refused, credential(PLAIN.replace("token: canary-token", "tokenFile: " + file)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec | 'user \"jane\" in credentials \"prod\" has exec, a program that is not run here; use token or"
                        + " client-certificate-data; kubectl config view --raw --flatten --minify writes one without"
                        + " files'",
                "client-key | 'use client-key-data; kubectl config view --raw --flatten --minify'",
                "auth-provider | 'use token or client-certificate-data; kubectl config view --raw --flatten'",
            })
    void shouldReportHowToWriteAKubeconfigWithoutFiles(String field, String message) {
        shouldRefuse(message, credential(PLAIN.replace("token: ", field + ": x, token: ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [canary-token' | is not valid YAML: look at line 1",
                "canary-token | is not a kubeconfig: it holds no YAML object",
                "'contexts: canary-token' | contexts in credentials \"prod\" must be a list",
                "'contexts: [{name: a, context: {cluster: x}}]' | current-context is not set in credentials \"prod\"; set"
                        + " it to one of: a",
                "'{current-context: a, contexts: [{name: a, context: {cluster: x}}]}' | context \"a\" in credentials"
                        + " \"prod\" names the cluster \"x\", which credentials \"prod\" does not have",
                "'{current-context: a, contexts: [{name: a, context: {cluster: x}}], clusters: [{name: x, cluster:"
                        + " {server: \"http://canary@x\"}}]}' | the server URL of cluster \"x\" in credentials \"prod\""
                        + " must hold no user",
                "'{current-context: a, contexts: [{name: a, context: {cluster: x}}], clusters: [{name: x, cluster:"
                        + " {}}]}' | the server URL of cluster \"x\" in credentials \"prod\" does not begin with"
                        + " https://",
            })
    void shouldReportInOneLineWhatToChange(String text, String message) {
        shouldRefuse(message, credential(text));
    }

    @Test
    void shouldRefuseAHugeKubeconfig() {
        shouldRefuse("is larger than 1 MiB", credential(PLAIN + "#".repeat(1 << 20)));
        shouldRefuse(
                "at most 1000 entries",
                credential(PLAIN.replace("users: [", "users: [" + "{name: a, user: {}}, ".repeat(1001))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254", "https://[fd00:ec2::254]:6443", "https://100.100.100.200/x"})
    void shouldNotAskAMetadataService(String server) {
        ClusterEndpoint endpoint = endpoint(PLAIN.replace("https://one:6443", server));
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint)))
                .withMessageContaining("link-local or metadata address");
    }

    @Test
    void shouldPrintNoSecret() {
        assertThat(endpoint(PLAIN) + " " + credential(PLAIN)).doesNotContain("canary");
        assertThat(new ClusterLogin.Certificate("", Password.of("canary")) + " "
                        + ClusterLogin.basic("jane", Password.of("canary")))
                .doesNotContain("canary");
    }
}
