package io.jenkins.plugins.argopreflight.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.AbortException;
import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryCredential;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RegistryCredentialsITest {

    private FreeStyleBuild build;
    private UsernamePasswordCredentialsImpl stored;

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        stored = new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg-team", "", "team", "canary-7Q");
        SystemCredentialsProvider.getInstance().getCredentials().add(stored);
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    @Test
    void shouldFindACredentialAndRecordItsUse() throws Exception {
        RegistryCredential found = RegistryCredentials.find(build, "registry.example.com", "reg-team", "");
        assertThat(found.username()).isEqualTo("team");
        assertThat(found.password().reveal()).isEqualTo("canary-7Q");
        assertThat(found).asString().doesNotContain("canary");
        assertThat(CredentialsProvider.getOrCreateFingerprintOf(stored).getJobs())
                .contains(build.getParent().getFullName());
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> RegistryCredentials.find(build, "registry.example.com", "no-such", ""))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("no-such")
                .hasMessageContaining("registry.example.com");
    }
}
