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

    private static final String STEP = "def r = argoPreflight(workflows: 'workflows/*.yaml', noCluster: true,"
            + " failOn: 'NEVER', unstableOn: 'NEVER')\necho r.findings.toString()";

    /** Images that name ports of the controller. */
    private static String scan(int port) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata:
                  generateName: scan-
                spec:
                  entrypoint: all
                  templates:
                  - name: all
                    steps:
                    - - name: one
                        template: main
                        arguments:
                          parameters: [{name: port, value: "{{item}}"}]
                        withItems: ["%d"]
                  - name: main
                    inputs:
                      parameters: [{name: port}]
                    container:
                      image: 127.0.0.1:{{inputs.parameters.port}}/x
                      command: [sh]
                """.formatted(port);
    }

    @Test
    void shouldNotLetAManifestScanTheController(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String script = PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP);
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, PreflightLab.job(jenkins, "scan", script));

            assertThat(JenkinsRule.getLog(run))
                    .contains("Address not allowed", "allowedHosts: [\"127.0.0.1:" + socket.getLocalPort() + "\"]");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldNotAskAServerThatAStepNames(JenkinsRule jenkins) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String step = "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true,"
                    + " serverUrl: 'https://127.0.0.1:" + socket.getLocalPort() + "', skipTlsVerify: true)";
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, "server", step));

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
            ArgoPreflightConfiguration.get().setAllowedHosts(List.of("127.0.0.1:" + socket.getLocalPort()));
            jenkins.buildAndAssertStatus(
                    Result.SUCCESS,
                    PreflightLab.job(jenkins, "allowed", PreflightLab.inWorkspace(scan(socket.getLocalPort()), STEP)));

            socket.setSoTimeout(1000);
            assertThat(socket.accept()).isNotNull();
        }
    }
}
