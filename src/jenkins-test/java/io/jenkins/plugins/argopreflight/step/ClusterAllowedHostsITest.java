package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The {@code allowedHosts} of one cluster allow what Jenkins' own list does not, and for builds of that cluster only. */
@WithJenkins
class ClusterAllowedHostsITest {

    private ServerSocket registry;

    @BeforeEach
    void listen() throws IOException {
        registry = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    @Test
    void shouldAllowARegistryOfAManifestForThatClusterOnly(JenkinsRule jenkins) throws Exception {
        ClusterConfiguration lab = cluster("lab", List.of("127.0.0.1:" + registry.getLocalPort()));
        ClusterConfiguration other = cluster("other", List.of());
        ArgoPreflightConfiguration.get().setClusters(List.of(other, lab));

        String refused = log(jenkins, job(jenkins, "other", "other"));
        assertThat(refused)
                .containsIgnoringWhitespaces(
                        "Address not allowed", "allowedHosts: [\"127.0.0.1:" + registry.getLocalPort() + "\"]");
        assertNothingArrives();

        assertThat(log(jenkins, job(jenkins, "lab", "lab"))).doesNotContain("Address not allowed");
        registry.setSoTimeout(10_000);
        assertThat(registry.accept()).isNotNull();
    }

    /** A user who configures a folder is not necessarily an administrator. */
    @Test
    void shouldAllowNothingByTheListOfAFoldersCluster(JenkinsRule jenkins) throws Exception {
        FolderConfiguration configuration = new FolderConfiguration();
        configuration.setClusters(List.of(cluster("own", List.of("127.0.0.0/8", "localhost", "10.0.0.0/8"))));
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty(configuration);
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(script("own"), true));

        assertThat(log(jenkins, job))
                .containsIgnoringWhitespaces(
                        "Address not allowed", "allowedHosts: [\"127.0.0.1:" + registry.getLocalPort() + "\"]");
        assertNothingArrives();
    }

    private void assertNothingArrives() throws IOException {
        registry.setSoTimeout(200);
        assertThatThrownBy(registry::accept).isInstanceOf(SocketTimeoutException.class);
    }

    /** Returns a cluster whose server does not answer, so that only the registry is asked. */
    private static ClusterConfiguration cluster(String name, List<String> allowedHosts) {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl("https://api.invalid:6443");
        cluster.setAllowedHosts(allowedHosts);
        return cluster;
    }

    private WorkflowJob job(JenkinsRule jenkins, String name, String cluster) throws Exception {
        return PreflightLab.job(jenkins, name, script(cluster));
    }

    private String script(String cluster) {
        String workflow = PreflightLab.BROKEN.replace(
                "registry.example.com/team/image:v1.2", "127.0.0.1:" + registry.getLocalPort() + "/team/image:v1.2");
        return PreflightLab.inWorkspace(
                workflow,
                "argoPreflight(workflows: 'workflows/*.yaml', namespace: 'ci', cluster: '" + cluster
                        + "', failOn: 'NEVER', unstableOn: 'NEVER')");
    }

    private static String log(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.SUCCESS, job));
    }
}
