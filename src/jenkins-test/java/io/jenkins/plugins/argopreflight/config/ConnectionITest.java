package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import io.jenkins.plugins.argopreflight.testing.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.RealCluster;
import io.jenkins.plugins.argopreflight.testing.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.Server;
import java.nio.file.Files;
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
        assertThat(some.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(some.getMessage())
                .contains(
                        "takes us for " + user.name(), "we may get secrets, create secrets; we may not update secrets");

        configuration.setCredentialsId("admin");
        FormValidation admin = ConnectionTest.of(configuration, null);
        assertThat(admin.kind).isEqualTo(FormValidation.Kind.OK);

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
                .contains("takes us for system:serviceaccount:" + namespace + ":argo-preflight");
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

    private static void add(String id, String token) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(token)));
    }
}
