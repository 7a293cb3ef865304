package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.step.StepHolder;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SnippetITest {

    @Test
    void shouldRoundTripThroughTheFormAndTheSnippetGenerator(JenkinsRule jenkins) throws Exception {
        RegistrySecretStep step = new RegistrySecretStep("regcred");
        RegistryLogin login = new RegistryLogin("registry.example.com", "reg");
        login.setUsername("robot");
        step.setRegistries(List.of(login, new RegistryLogin("docker.io", "hub")));
        step.setNamespaces(List.of("argo", "ci-*"));
        step.setNamespace("more");
        step.setNamespaceSelector("team=build");
        step.setServiceAccounts(List.of("default", "argo-workflow"));
        step.setVerifyImages(List.of("registry.example.com/team/image:v1.2"));
        step.setCredentialsId("token");
        step.setServerUrl("https://203.0.113.7:6443");
        step.setCaCertificate("PEM");
        step.setSkipTlsVerify(true);
        step.setContext("prod");
        step.setDryRun(true);
        step.setAdopt(true);
        step.setRecreate(true);
        step.setPrune(true);
        step.setCreateServiceAccounts(true);

        RegistrySecretStep saved = StepHolder.roundTrip(jenkins, step);
        jenkins.assertEqualDataBoundBeans(step, saved);
        assertThat(saved.getNamespaces()).containsExactly("argo", "ci-*");

        RegistrySecretStep few = new RegistrySecretStep("regcred");
        few.setCluster("prod");
        few.setRegistries(List.of(new RegistryLogin("docker.io", "hub")));
        few.setServiceAccounts(List.of("default"));
        jenkins.assertEqualDataBoundBeans(few, StepHolder.roundTrip(jenkins, few));
        assertThat(Snippetizer.object2Groovy(few))
                .isEqualTo("argoRegistrySecret cluster: 'prod', name: 'regcred', registries:"
                        + " [registryLogin(credentialsId: 'hub', url: 'docker.io')], serviceAccounts: ['default']");
    }
}
