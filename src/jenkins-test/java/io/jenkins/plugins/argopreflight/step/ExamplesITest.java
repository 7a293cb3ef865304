package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Runs each example against a real API server. In place of what a test has not: a checkout writes the workflow, argo
 * submits nothing, and withCredentials stands for withKubeConfig of the Kubernetes CLI plugin.
 */
@NeedsServers(Server.CLUSTER)
@WithJenkins
class ExamplesITest {

    private static final Path EXAMPLES = ProjectRoot.path().resolve("docs/examples");
    private static final String WORKFLOW = PreflightLab.BROKEN.replace("serviceAccountName: nobody", "priority: 0");

    private static JenkinsRule jenkins;

    /**
     * Starts a Jenkins for all tests, since examples write the same Secrets, which another controller would not own.
     */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (String namespace : List.of("ci", "team-a")) {
            RealCluster.get().api().create("/api/v1/namespaces", Map.of("metadata", Map.of("name", namespace)));
            RealCluster.get().serviceAccount(namespace, "default");
            RealCluster.get().serviceAccount(namespace, "argo-workflow");
        }
        new PreflightLab().configure();
        RealCluster.get().serviceAccount("ci", "argo-block");
        ClusterConfiguration prod = PreflightLab.cluster("prod", PreflightLab.url());
        prod.setBlockServiceAccount("ci/argo-block");
        ArgoPreflightConfiguration.get()
                .setClusters(List.of(prod, PreflightLab.cluster("staging", PreflightLab.url())));
        for (String id : List.of("reg-team", "reg-internal", "hub")) {
            add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", "team", "password of " + id));
        }
        add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL, "kubeconfig", "", "config", SecretBytes.fromRawBytes(flattened())));
    }

    /** Returns a kubeconfig as {@code kubectl config view --raw --flatten} writes it, without references to files. */
    private static byte[] flattened() throws IOException {
        Path authority = RealCluster.get().certificateAuthority();
        return Files.readString(RealCluster.get().adminKubeconfig())
                .replace(
                        "certificate-authority: " + authority,
                        "certificate-authority-data: "
                                + Base64.getEncoder().encodeToString(Files.readAllBytes(authority)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    @ParameterizedTest
    @CsvSource({
        "reference-case,       FAILURE,  1, Secret regcred",
        "several-registries,   SUCCESS,  0, Secret regcred",
        "many-namespaces,      UNSTABLE, 2, Report: ",
        "multibranch-new-only, FAILURE,  1, there is no reference build yet",
        "cluster-matrix,       UNSTABLE, 2, Report: ",
        "gate-before-submit,   FAILURE,  1, 'findings, see http'",
        "with-kubeconfig,      FAILURE,  1, KUBECONFIG of the build",
        "ephemeral-secret,     UNSTABLE, 1, Secret regcred",
        "submit-and-follow,    FAILURE,  1, Report: ",
        "workflow-matrix,      FAILURE,  3, Report: ",
        "gate-submit-diagnose, FAILURE,  1, 'findings, see http'",
        "argo-in-a-block,      SUCCESS,  0, KUBECONFIG has a login",
    })
    void shouldRun(String example, String result, int reports, String said) throws Exception {
        String script = Files.readString(EXAMPLES.resolve(example + ".Jenkinsfile"))
                .replace("checkout scm", "writeFile(file: 'workflows/build.yaml', text: '''" + WORKFLOW + "''')")
                .replace("sh 'argo", "echo 'argo")
                .replace(
                        "withKubeConfig([credentialsId: 'kubeconfig'])",
                        "withCredentials([file(credentialsId: 'kubeconfig', variable: 'KUBECONFIG')])");
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.fromString(result), PreflightLab.job(jenkins, example, script));
        jenkins.assertLogContains(said, run);
        assertThat(run.getActions(PreflightReportAction.class)).hasSize(reports);
    }

    @Test
    void shouldRunTheOneOfTheReadme() throws Exception {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
        int begin = readme.indexOf("```groovy") + "```groovy".length();
        String script = readme.substring(begin, readme.indexOf("```", begin))
                .stripIndent()
                .replace("checkout scm", "writeFile(file: 'workflows/build.yaml', text: '''" + WORKFLOW + "''')");
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, "readme", script));
        jenkins.assertLogContains("Secret regcred", run);
        jenkins.assertLogContains("Report: ", run);
        assertThat(run.getActions(PreflightReportAction.class)).hasSize(1);
    }

    @Test
    void shouldRunThemAll() throws Exception {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".Jenkinsfile")))
                    .hasSize(12);
        }
    }
}
