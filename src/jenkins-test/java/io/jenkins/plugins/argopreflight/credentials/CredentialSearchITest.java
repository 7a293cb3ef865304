package io.jenkins.plugins.argopreflight.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.User;
import hudson.util.Secret;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

/** The message about credentials that were not found: where they were searched, and which id is similar. */
@WithJenkins
class CredentialSearchITest {

    private static final String SERVER = "https://203.0.113.7:6443";

    private JenkinsRule jenkins;
    private Folder inner;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder outer = jenkins.createProject(Folder.class, "team");
        inner = outer.createProject(Folder.class, "app");
        outer.addProperty(new FolderCredentialsProperty(new DomainCredentials[] {
            new DomainCredentials(Domain.global(), List.of(token("team-token"))),
            new DomainCredentials(
                    new Domain("other", "", List.of(new HostnameSpecification("other.example.com", null))),
                    List.of(token("elsewhere")))
        }));
        Folder others = jenkins.createProject(Folder.class, "others");
        others.addProperty(new FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(token("hidden-token")))}));
        SystemCredentialsProvider.getInstance().getCredentials().add(token("global-token"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "system-token", "", Secret.fromString("canary-7Q2z")));
    }

    private static Credentials token(String id) {
        return new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString("canary-7Q2z"));
    }

    private String log(String step) throws Exception {
        WorkflowJob job = inner.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(step, true));
        return JenkinsRule.getLog(
                jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private String cluster(String id) throws Exception {
        return log("argoDiagnose(workflow: 'x', namespace: 'ci', serverUrl: '" + SERVER + "', credentialsId: '" + id
                + "')");
    }

    @Test
    void shouldNameTheStoresAndTheNearestId() throws Exception {
        assertThat(cluster("team-tokn"))
                .contains(
                        "No credentials \"team-tokn\" for ",
                        "Searched: folder team/app, folder team, Jenkins (scope Global)."
                                + " Did you mean \"team-token\"?");
    }

    @Test
    void shouldNameTheStoresForARegistry() throws Exception {
        assertThat(log("argoRegistrySecret(name: 'regcred', namespace: 'ci', serverUrl: '" + SERVER
                        + "', registries: [[url: 'registry.example.com', credentialsId: 'globl-token']])"))
                .contains(
                        "No credentials \"globl-token\" that this build can use for registry registry.example.com. Searched:"
                                + " folder team/app, folder team, Jenkins (scope Global). Did you mean \"global-token\"?");
    }

    @Test
    void shouldNameNoIdOfAStoreThatTheBuildCannotUse() throws Exception {
        assertThat(cluster("hidden-tokn")).contains("Searched: ").doesNotContain("hidden-token", "Did you mean");
    }

    @Test
    void shouldNameNoIdOfScopeSystem() throws Exception {
        assertThat(cluster("system-tokn")).contains("Searched: ").doesNotContain("system-token", "Did you mean");
    }

    @Test
    void shouldNameNoIdToAUserWhoCannotUseTheCredentialsOfTheJob() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("dev"));
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new AsDeveloper());

        assertThat(cluster("team-tokn")).contains("Searched: ").doesNotContain("team-token", "Did you mean");
    }

    private static final class AsDeveloper extends QueueItemAuthenticator {

        @Override
        public Authentication authenticate2(Queue.Task task) {
            return User.getById("dev", true).impersonate2();
        }
    }

    @Test
    void shouldSayThatTheDomainDoesNotFit() throws Exception {
        assertThat(cluster("elsewhere"))
                .contains(
                        "Credentials of this id exist, but their kind is another one, or the host names of their domain do"
                                + " not include this server");
    }
}
