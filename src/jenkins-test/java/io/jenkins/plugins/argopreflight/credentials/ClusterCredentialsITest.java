package io.jenkins.plugins.argopreflight.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl.UploadedKeyStoreSource;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.AbortException;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.testing.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.kubernetes.credentials.OpenShiftBearerTokenCredentialImpl;
import org.jenkinsci.plugins.kubernetes.credentials.TokenProducer;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The kinds of credentials, and the part of each that an API server receives. */
@WithJenkins
class ClusterCredentialsITest {

    private static final String CANARY = "canary-7Q2z+/%";

    @TempDir
    static Path folder;

    private static byte[] store;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        Path file = folder.resolve("store.p12");
        Certificates.generate(file.toFile(), CANARY, "mykey", "jenkins", "san=ip:127.0.0.1");
        store = Files.readAllBytes(file);
    }

    private static KeyStore keys() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(new ByteArrayInputStream(store), CANARY.toCharArray());
        return keys;
    }

    private static StandardCredentials certificate() {
        return new CertificateCredentialsImpl(
                CredentialsScope.GLOBAL,
                "certificate",
                "",
                CANARY,
                new UploadedKeyStoreSource(SecretBytes.fromRawBytes(store)));
    }

    private static StandardCredentials openShift() throws Descriptor.FormException {
        return new OpenShiftBearerTokenCredentialImpl(CredentialsScope.GLOBAL, "openshift", "", "bob", CANARY);
    }

    private static StandardCredentials kubeconfig(String content) {
        return new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "file",
                "",
                "config",
                SecretBytes.fromRawBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static void ask(String url, String authority, StandardCredentials credentials) throws IOException {
        ClusterConfiguration configuration = new ClusterConfiguration("prod");
        configuration.setCredentialsId(credentials.getId());
        configuration.setServerUrl(url);
        configuration.setCaCertificate(authority);
        configuration.setSkipTlsVerify(authority.isEmpty());
        NamedCluster cluster = new NamedCluster(configuration, Jenkins.get());
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(cluster.connection(Optional.of(credentials)))) {
            assertThat(gateway.get(Resource.SERVICE_ACCOUNTS, "default", "default"))
                    .isPresent();
        }
    }

    private static void shouldLogIn(LoginServer server, StandardCredentials credentials, String login)
            throws IOException {
        ask(server.url(), "", credentials);
        assertThat(server.logins()).containsOnly(login);
    }

    @Test
    void shouldSendASecretTextAsABearerToken() throws Exception {
        try (LoginServer server = LoginServer.plain()) {
            shouldLogIn(
                    server,
                    new StringCredentialsImpl(CredentialsScope.GLOBAL, "id", "", Secret.fromString(CANARY + "\n")),
                    "Bearer " + CANARY);
        }
    }

    @Test
    void shouldSendAUserNameAndAPassword() throws Exception {
        try (LoginServer server = LoginServer.plain()) {
            String pair = Base64.getEncoder().encodeToString(("bob:" + CANARY).getBytes(StandardCharsets.UTF_8));
            shouldLogIn(
                    server,
                    new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "id", "", "bob", CANARY),
                    "Basic " + pair);
        }
    }

    @Test
    void shouldSendWhatOpenShiftMakesOfAUserNameAndAPassword() throws Exception {
        try (LoginServer server = LoginServer.plain()) {
            shouldLogIn(server, new Producing(), "Bearer made-for-" + server.url());
        }
    }

    @Test
    void shouldRequestATokenOfOpenShiftWithTheCertificateOfTheCluster() throws Exception {
        try (LoginServer server = LoginServer.openShift(keys(), CANARY.toCharArray())) {
            String authority =
                    Pem.text("CERTIFICATE", keys().getCertificate("mykey").getEncoded());
            ask(server.url(), authority, openShift());
            assertThat(server.logins()).containsOnly("Bearer made");
        }
    }

    @Test
    void shouldSayInASentenceThatAServerIsNoOpenShift() throws Exception {
        try (LoginServer server = LoginServer.plain()) {
            assertThatThrownBy(() -> ask(server.url(), "", openShift()))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining(
                            "Credentials \"openshift\": the Kubernetes Credentials plugin could make no login");
        }
    }

    /** The request for a login would go to any address in the answers of the server. */
    @Test
    void shouldAskNoServerThatNoAdministratorChoseForALogin() throws Exception {
        try (LoginServer server = LoginServer.plain()) {
            ClusterAddress address = new ClusterAddress("serverUrl", server.url(), "", true);
            assertThatThrownBy(() -> ClusterCredentials.endpoint(
                            address, openShift(), ClusterCredentials.AddressFrom.OTHER_USER))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("\"openshift\" cannot be used for serverUrl");
            assertThat(server.logins()).isEmpty();
        }
    }

    @Test
    void shouldShowACertificate() throws Exception {
        try (LoginServer server = LoginServer.askingForCertificates(keys(), CANARY.toCharArray())) {
            String authority =
                    Pem.text("CERTIFICATE", keys().getCertificate("mykey").getEncoded());
            ask(server.url(), authority, certificate());
            assertThat(server.logins()).containsOnly("CN=jenkins");
        }
    }

    @Test
    void shouldShowTheCertificateOfADockerServerAsKubernetesCredentialsDoes() throws Exception {
        try (LoginServer server = LoginServer.askingForCertificates(keys(), CANARY.toCharArray())) {
            String authority =
                    Pem.text("CERTIFICATE", keys().getCertificate("mykey").getEncoded());
            String key = Pem.text(
                    "PRIVATE KEY", keys().getKey("mykey", CANARY.toCharArray()).getEncoded());
            ask(
                    server.url(),
                    authority,
                    new DockerServerCredentials(
                            CredentialsScope.GLOBAL, "docker", "", Secret.fromString(key), authority, ""));
            assertThat(server.logins()).containsOnly("CN=jenkins");
        }
    }

    @Test
    void shouldTakeAKubeconfigAsItIs() throws Exception {
        ArgoPreflightConfiguration.get().setAllowedHosts(List.of("127.0.0.0/8"));
        try (LoginServer server = LoginServer.plain()) {
            ask(
                    "",
                    "",
                    kubeconfig("apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                            + "contexts: [{name: a, context: {cluster: c, user: u}}]\n"
                            + "clusters: [{name: c, cluster: {server: '" + server.url() + "'}}]\n"
                            + "users: [{name: u, user: {token: of-the-file}}]\n"));
            assertThat(server.logins()).containsOnly("Bearer of-the-file");
        }
    }

    @Test
    void shouldStartNoProgramThatAKubeconfigNames() throws Exception {
        Path started = folder.resolve("started");
        try (LoginServer server = LoginServer.plain()) {
            String exec = "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                    + "contexts: [{name: a, context: {cluster: c, user: u}}]\n"
                    + "clusters: [{name: c, cluster: {server: '" + server.url() + "'}}]\n"
                    + "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args:"
                    + " ['" + started + "'], interactiveMode: Never}}}]\n";
            assertThatThrownBy(() -> ask("", "", kubeconfig(exec)))
                    .isInstanceOf(KubeconfigException.class)
                    .hasMessageContaining("credentials \"file\"")
                    .hasMessageContaining("has exec, a program that is not run here");
            assertThat(server.logins()).isEmpty();
            assertThat(started).doesNotExist();
        }
    }

    @Test
    void shouldSayInASentenceWhatCannotBeALogin() {
        for (StandardCredentials useless :
                List.of(new Closed(), new Strange(), kubeconfig("x".repeat((1 << 20) + 1)))) {
            assertThatThrownBy(() -> ask("https://127.0.0.1:1", "", useless))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("\"" + useless.getId() + "\"")
                    .message()
                    .doesNotContain("canary");
        }
    }

    /** Credentials like OpenShift's: the password is for its OAuth server, and not for the API server. */
    private static final class Producing extends UsernamePasswordCredentialsImpl implements TokenProducer {

        private static final long serialVersionUID = 1L;

        Producing() throws Descriptor.FormException {
            super(CredentialsScope.GLOBAL, "openshift", "", "bob", CANARY);
        }

        @Override
        public String getToken(String server, String authority, boolean skipTlsVerify) {
            return "made-for-" + server;
        }
    }

    /** A key store whose password opens no key. */
    private static final class Closed extends BaseStandardCredentials implements StandardCertificateCredentials {

        private static final long serialVersionUID = 1L;

        Closed() {
            super(CredentialsScope.GLOBAL, "closed", "");
        }

        @Override
        public KeyStore getKeyStore() {
            try {
                return keys();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString("another canary");
        }
    }

    /** Credentials of a kind that no cluster accepts. */
    private static final class Strange extends BaseStandardCredentials {

        private static final long serialVersionUID = 1L;

        Strange() {
            super(CredentialsScope.GLOBAL, "strange", "");
        }
    }
}
