package io.jenkins.plugins.argopreflight.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.AbortException;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.authentication.tokens.api.AuthenticationTokenSource;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.Authentication;

@WithJenkins
class RegistryCredentialsITest {

    private static final String HOST = "registry.example.com";

    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject("job");
    }

    private static UsernamePasswordCredentialsImpl login(String id) throws Exception {
        return login(CredentialsScope.GLOBAL, id);
    }

    private static UsernamePasswordCredentialsImpl login(CredentialsScope scope, String id) throws Exception {
        return new UsernamePasswordCredentialsImpl(scope, id, "", "team", "canary-7Q");
    }

    private static <C extends Credentials> C store(C credentials) {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        return credentials;
    }

    private RegistryCredential find(String id) throws Exception {
        return RegistryCredentials.find(jenkins.buildAndAssertSuccess(job), HOST, id, "");
    }

    private void shouldNotFind(FreeStyleBuild build, String registry, String id) {
        assertThatThrownBy(() -> RegistryCredentials.find(build, registry, id, ""))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("No credentials \"" + id + "\"")
                .hasMessageContaining(registry)
                .message()
                .doesNotContain("canary");
    }

    private void shouldBeTracked(StandardCredentials credentials) throws Exception {
        assertThat(CredentialsProvider.getOrCreateFingerprintOf(credentials).getJobs())
                .contains(job.getFullName());
    }

    @Test
    void shouldFindACredentialAndRecordItsUse() throws Exception {
        StandardCredentials stored = store(login("reg-team"));
        RegistryCredential found = find("reg-team");
        assertThat(found.username()).isEqualTo("team");
        assertThat(found.password().reveal()).isEqualTo("canary-7Q");
        assertThat(found).asString().doesNotContain("canary");
        shouldBeTracked(stored);
    }

    @Test
    void shouldNameWhatIsMissingAndNothingOfWhatIsForJenkinsItself() throws Exception {
        store(login(CredentialsScope.SYSTEM, "for-jenkins"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        shouldNotFind(build, HOST, "no-such");
        shouldNotFind(build, HOST, "for-jenkins");
    }

    @ParameterizedTest
    @CsvSource({"'', token", "oauth2accesstoken, oauth2accesstoken"})
    void shouldSendASecretTextAsThePasswordOfAUser(String said, String user) throws Exception {
        StandardCredentials stored =
                store(new StringCredentialsImpl(CredentialsScope.GLOBAL, "bare", "", Secret.fromString("canary-7Q")));
        RegistryCredential found = RegistryCredentials.find(jenkins.buildAndAssertSuccess(job), HOST, "bare", said);
        assertThat(found.username()).isEqualTo(user);
        assertThat(found.password().reveal()).isEqualTo("canary-7Q");
        shouldBeTracked(stored);
    }

    @Test
    void shouldTakeWhatDockerCommonsMakesAToken() throws Exception {
        StandardCredentials cloud = store(new TokenOnlyCredentials("ecr:eu-central-1:key", base64("AWS:canary:7Q")));
        RegistryCredential found = find("ecr:eu-central-1:key");
        assertThat(found.username()).isEqualTo("AWS");
        assertThat(found.password().reveal()).isEqualTo("canary:7Q");
        shouldBeTracked(cloud);

        store(new TokenOnlyCredentials.WithPassword("key"));
        assertThat(find("key").username()).isEqualTo("AWS");
        assertThat(find("key").password().reveal()).isEqualTo("made-of-secret-key");
    }

    @ParameterizedTest
    @CsvSource({"opaque token!", "b3BhcXVl"})
    void shouldRefuseATokenThatIsNoLogin(String opaque) {
        store(new TokenOnlyCredentials("opaque", opaque));
        assertThatThrownBy(() -> find("opaque"))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("cannot become a registry's user name and password")
                .message()
                .doesNotContain(opaque);
    }

    @Test
    void shouldUseACredentialOnlyForTheHostsOfItsDomain() throws Exception {
        UsernamePasswordCredentialsImpl stored = login("bound");
        SystemCredentialsProvider.getInstance()
                .setDomainCredentialsMap(DomainCredentials.asMap(List.of(new DomainCredentials(
                        new Domain("ours", "", List.of(new HostnameSpecification("*.example.com", null))),
                        List.of(stored)))));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        for (String ours : List.of(HOST, "https://" + HOST + "/v2/", HOST + ":5000")) {
            assertThat(RegistryCredentials.find(build, ours, "bound", "").username())
                    .isEqualTo("team");
        }
        for (String other : List.of("evil.example.org", "registry.example.com.evil.example.org", "example.com")) {
            shouldNotFind(build, other, "bound");
        }
    }

    @Test
    void shouldFindAFoldersCredentialOnlyInIt() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(new FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(login("of-team")))}));
        FreeStyleBuild outside = jenkins.buildAndAssertSuccess(job);
        shouldNotFind(outside, HOST, "of-team");
        job = folder.createProject(FreeStyleProject.class, "inside");
        assertThat(find("of-team").username()).isEqualTo("team");
    }

    @Test
    void shouldTakeAParametersValueOfWhoStartedTheBuild() throws Exception {
        secure();
        StandardCredentials chosen = store(login("chosen"));
        job.addProperty(new ParametersDefinitionProperty(new CredentialsParameterDefinition(
                "REGISTRY", "", "", UsernamePasswordCredentialsImpl.class.getName(), true)));
        StandardCredentials own = ofUser("alice", "of-alice");
        for (String written : List.of("REGISTRY", "${REGISTRY}")) {
            assertThat(parameter("alice", written, "chosen").id()).isEqualTo(written);
            assertThat(parameter("alice", written, "of-alice").username()).isEqualTo("team");
            assertThatThrownBy(() -> parameter("bob", written, "of-alice")).isInstanceOf(AbortException.class);
        }
        shouldBeTracked(chosen);
        shouldBeTracked(own);
    }

    private RegistryCredential parameter(String user, String written, String value) throws Exception {
        FreeStyleBuild build = job.scheduleBuild2(
                        0,
                        new Cause.UserIdCause(user),
                        new ParametersAction(new CredentialsParameterValue("REGISTRY", value, "")))
                .get();
        return RegistryCredentials.find(build, HOST, written, "");
    }

    @Test
    void shouldTakeTheOwnCredentialOfWhoTheBuildRunsAs() throws Exception {
        secure();
        StandardCredentials own = ofUser("alice", "of-alice");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        shouldNotFind(build, HOST, "of-alice");

        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new AsAlice());
        assertThat(RegistryCredentials.find(build, HOST, "of-alice", "").username())
                .isEqualTo("team");
        shouldBeTracked(own);
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, CredentialsProvider.USE_OWN, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("alice", "bob"));
    }

    private static StandardCredentials ofUser(String user, String id) throws Exception {
        User owner = User.getById(user, true);
        UsernamePasswordCredentialsImpl own = login(CredentialsScope.USER, id);
        try (ACLContext as = ACL.as(owner)) {
            for (CredentialsStore each : CredentialsProvider.lookupStores(owner)) {
                if (each.getContext() == owner) {
                    each.addCredentials(Domain.global(), own);
                }
            }
        }
        return own;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Builds run as Alice. */
    private static final class AsAlice extends QueueItemAuthenticator {

        @Override
        public Authentication authenticate2(Queue.Task task) {
            return User.getById("alice", true).impersonate2();
        }
    }

    /** Stands for a cloud's plugin. */
    @TestExtension
    public static class CloudTokens extends AuthenticationTokenSource<DockerRegistryToken, TokenOnlyCredentials> {

        public CloudTokens() {
            super(DockerRegistryToken.class, TokenOnlyCredentials.class);
        }

        @Override
        public DockerRegistryToken convert(TokenOnlyCredentials credential) {
            return new DockerRegistryToken("", credential.made());
        }
    }

    /** Makes a token of a secret key, beside docker-commons' own source for anything with a password. */
    @TestExtension
    public static class KeyTokens
            extends AuthenticationTokenSource<DockerRegistryToken, TokenOnlyCredentials.WithPassword> {

        public KeyTokens() {
            super(DockerRegistryToken.class, TokenOnlyCredentials.WithPassword.class);
        }

        @Override
        public DockerRegistryToken convert(TokenOnlyCredentials.WithPassword credential) {
            return new DockerRegistryToken(
                    "", base64("AWS:made-of-" + credential.getPassword().getPlainText()));
        }
    }
}
