package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A kubeconfig that is on an agent and nowhere on the controller, as withKubeConfig leaves it there. */
@NeedsServers(Server.CLUSTER)
@WithJenkins
class AgentKubeconfigITest {

    private JenkinsRule jenkins;
    private PreflightLab lab;
    private int jobs;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        lab = new PreflightLab();
        PreflightLab.allowLoopback();
        RealCluster.get().serviceAccount(lab.namespace, "default");
        jenkins.createOnlineSlave(Label.get("far"));
    }

    private WorkflowRun run(Result result, String kubeconfig, String variable) throws Exception {
        String step = lab.step(", failOn: 'NEVER', unstableOn: 'NEVER'").replace(", cluster: 'prod'", "");
        String script = PreflightLab.inWorkspace(
                        PreflightLab.BROKEN,
                        "writeFile file: 'kube/config', text: '''" + kubeconfig + "'''\nwithEnv(['KUBECONFIG="
                                + variable + "']) { " + step + " }")
                .replace("node {", "node('far') {");
        return jenkins.buildAndAssertStatus(result, PreflightLab.job(jenkins, "job-" + ++jobs, script));
    }

    private static String kubeconfig(String login) throws Exception {
        String authority = Base64.getEncoder()
                .encodeToString(Files.readAllBytes(RealCluster.get().certificateAuthority()));
        return "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                + "contexts: [{name: a, context: {cluster: c, user: u}}]\n"
                + "clusters: [{name: c, cluster: {server: '" + PreflightLab.url() + "', certificate-authority-data: "
                + authority + "}}]\n"
                + "users: [{name: u, user: {" + login + "}}]\n";
    }

    @Test
    void shouldReadItWhereTheBuildRuns() throws Exception {
        WorkflowRun run =
                run(Result.SUCCESS, kubeconfig("token: \"" + PreflightLab.token() + "\""), "none/such:kube/config");
        jenkins.assertLogContains("KUBECONFIG of the build", run);
        jenkins.assertLogContains("service-account-missing", run);
        jenkins.assertLogNotContains(PreflightLab.token(), run);
    }

    /** The authority of the configuration counts, whatever the file trusts. */
    @Test
    void shouldTakeTheCertificatesFromTheConfigurationOfItsCluster() throws Exception {
        String file = kubeconfig("token: \"" + PreflightLab.token() + "\"");
        ClusterConfiguration prod = PreflightLab.cluster("prod", PreflightLab.url());
        ArgoPreflightConfiguration.get().setClusters(List.of(prod));
        String untrusting = file.replaceFirst("certificate-authority-data: [^}]+}", "tls-server-name: elsewhere}");
        jenkins.assertLogContains("service-account-missing", run(Result.SUCCESS, untrusting, "kube/config"));

        prod.setCaCertificate("");
        ArgoPreflightConfiguration.get().setClusters(List.of(prod));
        String trusting = file.replaceFirst("certificate-authority-data: [^}]+}", "insecure-skip-tls-verify: true}");
        jenkins.assertLogNotContains("service-account-missing", run(Result.SUCCESS, trusting, "kube/config"));
    }

    @Test
    void shouldSayWhenThereIsNoSuchFile() throws Exception {
        jenkins.assertLogContains("there is no such file where the build runs", run(Result.FAILURE, "x", "kube/none"));
    }

    @Test
    void shouldStartNoneOfItsPrograms() throws Exception {
        assertThat(JenkinsRule.getLog(run(
                        Result.FAILURE,
                        kubeconfig("exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: [x],"
                                + " interactiveMode: Never}"),
                        "kube/config")))
                .contains("has exec, a program that is not run here");
    }

    @Test
    void shouldReadNoOtherFileForIt() throws Exception {
        assertThat(JenkinsRule.getLog(run(Result.FAILURE, kubeconfig("tokenFile: /etc/hostname"), "kube/config")))
                .contains("tokenFile")
                .doesNotContain("Exception");
    }
}
