package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.RegistryDefaults;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/**
 * The result of a build with verifyImages: a pull that is refused fails it before anything is written, and one that could
 * not be checked does not.
 */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
class VerifyImagesITest extends SharedJenkins {

    private static final String UNCHECKED = "could not check whether Secret regcred works";

    @Test
    void shouldMarkTheBuildUnstableWhenTheRegistryRefusesConnections() throws Exception {
        String host = "127.0.0.1:" + closedPort();

        WorkflowRun run = build("unreachable", host, "'default'", Result.UNSTABLE);

        jenkins.assertLogContains(UNCHECKED, run);
        assertThat(lab.exists()).isTrue();
        assertThat(lab.isBound()).isTrue();
    }

    @Test
    void shouldFailTheBuildWhenTheRegistryRejectsThePassword() throws Exception {
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", "another password"))) {
            registry.push("team/image", "v1.2");

            WorkflowRun run = build("rejected", registry.host(), "'default'", Result.FAILURE);

            jenkins.assertLogContains("401", run);
            jenkins.assertLogNotContains(UNCHECKED, run);
            jenkins.assertLogNotContains(SecretLab.CANARY, run);
            jenkins.assertLogContains("nothing was changed", run);
            jenkins.assertLogContains(
                    "Secret regcred was not written: registry " + registry.host() + " refused credentials", run);
            assertThat(lab.exists()).isFalse();
            assertThat(lab.isBound()).isFalse();
        }
    }

    @Test
    void shouldChangeNothingWhenTheAddressOfTheRegistryIsNotAllowed() throws Exception {
        WorkflowRun run = build("metadata", "169.254.169.254", "'default'", Result.FAILURE);

        jenkins.assertLogContains("Address not allowed, nothing was sent", run);
        assertThat(lab.exists()).isFalse();
        assertThat(lab.isBound()).isFalse();
    }

    @Test
    void shouldPassWhenTheSecretPulls() throws Exception {
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", SecretLab.CANARY))) {
            registry.push("team/image", "v1.2");
            for (String accounts : List.of("", "'default'")) {
                build("pulls" + accounts.length(), registry.host(), accounts, Result.SUCCESS);
            }
        }
    }

    private WorkflowRun build(String job, String registry, String serviceAccounts, Result result) throws Exception {
        RegistryDefaults registries = new RegistryDefaults();
        registries.setInsecureHosts(List.of(registry));
        ArgoPreflightConfiguration.get().setRegistries(registries);
        String step = lab.step(", cluster: 'prod', verifyImages: ['registry.example.com/team/image:v1.2']")
                .replace("registry.example.com", registry)
                .replace("'default'", serviceAccounts);
        return jenkins.buildAndAssertStatus(result, SecretLab.job(jenkins, job, step));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
