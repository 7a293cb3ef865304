package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsServers(Server.CLUSTER)
@WithJenkins
class ConnectionITest {

    @Test
    void shouldSayWhoWeAreAndWhatWeMayDo(JenkinsRule jenkins) throws Exception {
        RealCluster cluster = RealCluster.get();
        String namespace = cluster.namespace("connection");
        User user = cluster.userWith(
                Right.of("get", "", "secrets", namespace), Right.of("create", "", "secrets", namespace));
        add("some", user.token());
        add("admin", cluster.admin().token());
        add("wrong", "canary-7Q2z");
        ClusterConfiguration configuration = new ClusterConfiguration("prod");
        configuration.setServerUrl(cluster.url());
        configuration.setCaCertificate(Files.readString(cluster.certificateAuthority()));
        configuration.setNamespace(namespace);

        configuration.setCredentialsId("some");
        FormValidation some = ConnectionTest.of(configuration, null);
        assertThat(some.kind).as("the connection works").isEqualTo(FormValidation.Kind.OK);
        assertThat(some.getMessage())
                .contains(
                        "authenticates Jenkins as " + user.name(),
                        "Argo&#039;s version is not known: ",
                        "<li>argoRegistrySecret: not allowed to update secrets in namespace " + namespace
                                + ", get/update"
                                + " serviceaccounts in namespace " + namespace + ", list pods in namespace " + namespace
                                + "<pre>docs/rbac/rbac.sh --namespace " + namespace + " --argo argo --user "
                                + user.name()
                                + " --secret NAME --service-account NAME registry-secret.yaml | kubectl apply -f"
                                + " -</pre></li>",
                        "git clone https://github.com/jenkinsci/argo-preflight-plugin",
                        "<li>argoDiagnose: not allowed to get serviceaccounts in namespace " + namespace)
                .doesNotContain("withArgoCluster");

        configuration.setCredentialsId("admin");
        FormValidation admin = ConnectionTest.of(configuration, null);
        assertThat(admin.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(admin.getMessage())
                .startsWith("<div class=\"ap-connection\">")
                .contains("<ul><li>argoRegistrySecret: usable</li><li>withArgoRegistrySecret:"
                        + " usable</li><li>argoPreflight: usable</li><li>argoSubmit: usable</li><li>argoDiagnose:"
                        + " usable</li></ul>");
        configuration.setAllowWrites(false);
        assertThat(ConnectionTest.of(configuration, null).getMessage())
                .contains("<ul><li>argoPreflight: usable</li><li>argoDiagnose: usable</li></ul>");
        configuration.setAllowWrites(true);
        configuration.setBlockServiceAccount(namespace + "/block");
        assertThat(ConnectionTest.of(configuration, null).getMessage()).contains("<li>withArgoCluster: usable</li>");
        configuration.setBlockServiceAccount("");

        String authority = configuration.getCaCertificate();
        configuration.setCaCertificate("");
        FormValidation untrusted = ConnectionTest.of(configuration, null);
        assertThat(untrusted.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(untrusted.getMessage())
                .contains("the CA certificate of cluster &quot;prod&quot; is empty", "enter its certificate")
                .doesNotContain("kubeconfig");
        configuration.setCaCertificate(authority);

        configuration.setCredentialsId("");
        FormValidation anonymous = ConnectionTest.of(configuration, null);
        assertThat(anonymous.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(anonymous.getMessage()).contains("the user is anonymous (system:anonymous)");

        configuration.setCredentialsId("wrong");
        FormValidation wrong = ConnectionTest.of(configuration, null);
        assertThat(wrong.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(wrong.getMessage()).contains("Unauthorized").doesNotContain("canary");

        configuration.setCredentialsId("none");
        assertThat(ConnectionTest.of(configuration, null).getMessage()).contains("do not exist where it is configured");
    }

    @Test
    void shouldUseTheCredentialsForATokenOnly(JenkinsRule jenkins) throws Exception {
        RealCluster cluster = RealCluster.get();
        String namespace = cluster.namespace("tokens");
        cluster.serviceAccount(namespace, "argo-preflight");
        Right right = new Right("create", "", "serviceaccounts", "token", namespace, "argo-preflight");
        User bootstrap = cluster.userWith(right);
        add("bootstrap", bootstrap.token());
        add("nothing", cluster.userWith().token());
        ClusterConfiguration configuration = new ClusterConfiguration("prod");
        configuration.setServerUrl(cluster.url());
        configuration.setCaCertificate(Files.readString(cluster.certificateAuthority()));
        configuration.setNamespace(namespace);
        configuration.setTokenServiceAccount(namespace + "/argo-preflight");

        configuration.setCredentialsId("bootstrap");
        assertThat(ConnectionTest.of(configuration, null).getMessage())
                .contains("authenticates Jenkins as system:serviceaccount:" + namespace + ":argo-preflight");
        assertThat(cluster.requests(bootstrap))
                .extracting(AuditedRequest::resource)
                .containsOnly("serviceaccounts/token")
                .hasSize(1);

        configuration.setCredentialsId("nothing");
        FormValidation refused = ConnectionTest.of(configuration, null);
        assertThat(refused.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(refused.getMessage()).contains("is not allowed to create serviceaccounts/token");

        configuration.setTokenServiceAccount("argo-preflight");
        assertThat(ConnectionTest.of(configuration, null).getMessage()).contains("write namespace/name");
    }

    @Test
    void shouldWarnBeforeACredentialEnds(JenkinsRule jenkins) throws Exception {
        Instant now = Instant.now();
        add("near", token(now.plus(Duration.ofDays(10))));
        add("far", token(now.plus(Duration.ofDays(100))));
        ClusterConfiguration near = cluster("near");
        ArgoPreflightConfiguration.get().setClusters(List.of(near, cluster("far")));
        CredentialMonitor monitor = ExtensionList.lookupSingleton(CredentialMonitor.class);
        assertThat(monitor.getProblems()).noneMatch(problem -> problem.contains("\"near\""));

        monitor.read(Clock.systemUTC());

        assertThat(monitor.getProblems())
                .noneMatch(problem -> problem.contains("\"far\""))
                .filteredOn(problem -> problem.contains("\"near\""))
                .singleElement()
                .asString()
                .contains(
                        "The credential \"near\" expires on ",
                        ", in 9 days, and cluster \"near\" uses it. Replace the credential");
        HtmlPage page = jenkins.createWebClient().goTo("manage");
        assertThat(page.asNormalizedText())
                .contains("cannot use these clusters, or not for much longer.", "The credential \"near\"");
        assertThat(page.getAnchorByText("Configure the clusters (Manage Jenkins, System)")
                        .getHrefAttribute())
                .endsWith("/manage/configure");
    }

    private static ClusterConfiguration cluster(String name) {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl("https://203.0.113.7:6443");
        cluster.setCredentialsId(name);
        return cluster;
    }

    private static String token(Instant expiry) {
        String claims = "{\"exp\": " + expiry.getEpochSecond() + "}";
        return "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    private static void add(String id, String token) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(token)));
    }
}
