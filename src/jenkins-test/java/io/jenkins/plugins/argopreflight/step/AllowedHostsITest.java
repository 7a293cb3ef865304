package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class AllowedHostsITest {

    private static final String STEP =
            "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, failOn: 'NEVER', unstableOn: 'NEVER')";

    /** Images that name ports of the controller, as {@code withItems} makes them. */
    private static String scan(int port) {
        return PreflightLab.BROKEN
                .replace("registry.example.com/team/image:v1.2", "127.0.0.1:{{item}}/x")
                .replace("  templates:", "  templates:\n  - name: all\n    steps:\n    - - name: one\n"
                        + "        template: main\n        withItems: [" + port + "]")
                .replace("entrypoint: main", "entrypoint: all");
    }

    @Test
    void shouldNotLetAManifestScanTheController(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String script = PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP);
            WorkflowRun run =
                    jenkins.buildAndAssertStatus(Result.SUCCESS, PreflightLab.job(jenkins, "scan", script));

            assertThat(JenkinsRule.getLog(run)).contains("address not allowed");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldNotAskAServerThatAStepNames(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String step = "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true,"
                    + " serverUrl: 'https://127.0.0.1:" + socket.getLocalPort() + "', skipTlsVerify: true)";
            WorkflowRun run =
                    jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, "server", step));

            assertThat(JenkinsRule.getLog(run))
                    .contains("address not allowed")
                    .contains("allowedHosts: [\"127.0.0.1:" + socket.getLocalPort() + "\"]");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldAskWhatAnAdministratorAllows(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            ArgoPreflightConfiguration.get()
                    .setAllowedHosts(List.of("127.0.0.1:" + socket.getLocalPort()));
            jenkins.buildAndAssertStatus(
                    Result.SUCCESS,
                    PreflightLab.job(
                            jenkins, "allowed", PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP)));

            socket.setSoTimeout(1000);
            assertThat(socket.accept()).isNotNull();
        }
    }
}
