package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The permissions of web methods, for an administrator, a user who configures a folder, and a user who only reads. */
@WithJenkins
class WebMethodsITest {

    private static final String CLUSTER =
            "descriptorByName/io.jenkins.plugins.argopreflight.config.ClusterConfiguration/";
    private static final String STEP =
            "descriptorByName/io.jenkins.plugins.argopreflight.step.secret.RegistrySecretStep/";

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder folder = jenkins.createProject(Folder.class, "team");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "dev")
                .grant(Item.CONFIGURE, CredentialsProvider.USE_ITEM)
                .onItems(folder)
                .to("dev"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "hidden-id", "", Secret.fromString("canary-7Q2z")));
        ClusterConfiguration cluster = new ClusterConfiguration("hidden-cluster");
        cluster.setServerUrl("https://203.0.113.7");
        ArgoPreflightConfiguration.get().getClusters().add(cluster);
    }

    @ParameterizedTest
    @CsvSource({"admin, '', 200", "dev, '', 403", "reader, '', 403", "dev, job/team/, 200", "reader, job/team/, 403"})
    void shouldTestAConnectionOnlyForWhoConfiguresIt(String user, String where, int status) throws Exception {
        try (RawServer server = new RawServer((request, out) -> {})) {
            String test = where + CLUSTER + "testConnection?name=x&namespace=&context=&jenkinsProxy=false"
                    + "&skipTlsVerify=true&caCertificate=&credentialsId=hidden-id&serverUrl=http://127.0.0.1:"
                    + server.url().getPort();
            assertThat(post(user, test).getStatusCode()).isEqualTo(status);
            // A folder's cluster does not lead to the controller's own addresses.
            assertThat(server.requests().isEmpty()).isEqualTo(status != 200 || !where.isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fillCredentialsIdItems?serverUrl=&credentialsId=",
        "fillKubeconfigCredentialsIdItems?kubeconfigCredentialsId=",
        "fillClusterItems?cluster="
    })
    void shouldReportAReaderNothing(String fill) throws Exception {
        for (String where : new String[] {"", "job/team/"}) {
            WebResponse answer = post("reader", where + STEP + fill);
            assertThat(answer.getStatusCode()).isEqualTo(200);
            assertThat(answer.getContentAsString()).doesNotContain("hidden");
        }
    }

    @Test
    void shouldOfferCredentialsAndClustersToWhoConfiguresTheFolder() throws Exception {
        String fill = STEP + "fillCredentialsIdItems?serverUrl=&credentialsId=";
        assertThat(post("dev", "job/team/" + fill).getContentAsString()).contains("hidden-id");
        assertThat(post("dev", fill).getContentAsString()).doesNotContain("hidden-id");
        assertThat(post("admin", fill).getContentAsString()).contains("hidden-id");
        assertThat(post("dev", "job/team/" + STEP + "fillClusterItems?cluster=").getContentAsString())
                .contains("hidden-cluster");
    }

    @ParameterizedTest
    @CsvSource({"no-such", "hidden-id"})
    void shouldAnswerTheSameForEveryIdToWhoMayNotKnow(String id) throws Exception {
        WebResponse answer = post("reader", "job/team/" + STEP + "checkCredentialsId?serverUrl=&value=" + id);
        assertThat(answer.getContentAsString()).doesNotContain("error");
    }

    @ParameterizedTest
    @CsvSource({"testConnection", "fillCredentialsIdItems", "checkCredentialsId", "checkServerUrl", "checkNamespace"})
    void shouldTakePostsOnly(String method) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        client.login("admin");
        WebRequest get = new WebRequest(new URL(jenkins.getURL(), CLUSTER + method));
        assertThat(client.getPage(get).getWebResponse().getStatusCode()).isIn(404, 405);
    }

    private WebResponse post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        client.login(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
        client.addCrumb(request);
        return client.getPage(request).getWebResponse();
    }
}
