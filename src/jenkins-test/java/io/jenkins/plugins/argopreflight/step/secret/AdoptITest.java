package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.step.JobOfUser;
import io.jenkins.plugins.argopreflight.step.Listener;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A job takes over no Secret until an administrator allows it. */
@WithJenkins
class AdoptITest {

    private static final String PARAMETERS = "(name: 'regcred', cluster: 'prod', namespaces: ['ci'], adopt: true,"
            + " registries: [[url: 'registry.example.com', credentialsId: 'reg']])";

    private static String log(JenkinsRule jenkins, Listener server, String script) throws Exception {
        PreflightLab.allowLoopback();
        ClusterConfiguration prod = new ClusterConfiguration("prod");
        prod.setServerUrl(server.url());
        prod.setSkipTlsVerify(true);
        ArgoPreflightConfiguration.get().setClusters(List.of(prod));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg", "", "team", "canary-7Q2z"));
        return new JobOfUser(jenkins).log(jenkins.jenkins, script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"argoRegistrySecret" + PARAMETERS, "withArgoRegistrySecret" + PARAMETERS + " { echo 'never' }"})
    void shouldRefuseAdoptAtFirst(String script, JenkinsRule jenkins) throws Exception {
        try (Listener server = new Listener()) {
            assertThat(log(jenkins, server, script))
                    .contains("ERROR: adopt is not allowed: no administrator has set allowAdopt")
                    .contains("give the Secret another name than regcred or delete the old Secret regcred first")
                    .doesNotContain("never\n");
            assertThat(server.received()).noneMatch(request -> request.contains("secrets"));
        }
    }

    @Test
    void shouldWriteWhereAnAdministratorAllowsIt(JenkinsRule jenkins) throws Exception {
        ArgoPreflightConfiguration.get().setAllowAdopt(true);
        try (Listener server = new Listener()) {
            String log = log(jenkins, server, "argoRegistrySecret" + PARAMETERS);
            assertThat(server.received())
                    .as(log)
                    .anyMatch(request -> request.startsWith("POST /api/v1/namespaces/ci/secrets"));
        }
    }
}
