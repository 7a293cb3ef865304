package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Label;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A kubeconfig that a stranger wrote runs nothing on the controller, whichever way it comes there. */
@WithJenkins
class HostileKubeconfigITest {

    private static final String HEAD = "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
            + "clusters: [{name: c, cluster: {server: 'http://127.0.0.1:1'}}]\n";
    private static final String GOOD = "{token: good}";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private Path trace;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        trace = folder.resolve("ran");
    }

    private String exec() {
        return "{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['" + trace
                + "'], interactiveMode: Never}}";
    }

    private String kubeconfig(String shape) {
        String context = "{name: a, context: {cluster: c, user: u}}";
        String bad = "{name: u, user: " + exec() + "}";
        return HEAD
                + switch (shape) {
                    case "user twice" ->
                        "contexts: [" + context + "]\nusers: [{name: u, user: " + GOOD + "}, " + bad + "]\n";
                    case "context twice" ->
                        "contexts: [{name: a, context: {cluster: c}}, " + context + "]\nusers: [" + bad + "]\n";
                    case "empty user" ->
                        "contexts: [{name: a, context: {cluster: c, user: ''}}]\nusers: [{name: '', user: " + exec()
                                + "}]\n";
                    case "no user" -> "contexts: [{name: a, context: {cluster: c}}]\nusers: [{user: " + exec() + "}]\n";
                    case "users twice" ->
                        "contexts: [" + context + "]\nusers: [{name: u, user: " + GOOD + "}]\nusers: [" + bad + "]\n";
                    default -> "contexts: [" + context + "]\nusers: [" + bad + "]\n";
                };
    }

    private WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(Result.FAILURE, job);
    }

    private void shouldHaveRefused(WorkflowRun run, String reason) throws Exception {
        assertThat(trace).doesNotExist();
        assertThat(JenkinsRule.getLog(run)).contains(reason).doesNotContain("\tat ");
    }

    private static final String STEP =
            "argoPreflight objects: ['workflowtemplate/build'], namespace: 'ci'," + " noRegistry: true";

    @ParameterizedTest
    @CsvSource({
        "user twice, has two users",
        "context twice, has two contexts",
        "empty user, has an entry of users without a name",
        "no user, has an entry of users without a name",
        "users twice, has the key",
        "exec, 'has exec, a program that is not run here'"
    })
    void shouldRunNothingForTheKubeconfigOfASandboxedPipeline(String shape, String reason) throws Exception {
        jenkins.createOnlineSlave(Label.get("far"));
        shouldHaveRefused(
                run("node('far') { writeFile file: 'kube/config', text: '''"
                        + kubeconfig(shape).replace("'", "\\'") + "'''\n"
                        + "withEnv(['KUBECONFIG=kube/config']) { " + STEP + " } }"),
                reason);
    }

    @Test
    void shouldRunNothingForTwoFilesOfOneBuild() throws Exception {
        String other = "users: [{name: u, user: " + exec() + "}]\n";
        String first = HEAD + "contexts: [{name: a, context: {cluster: c, user: u}}]\nusers: [{name: u, user: " + GOOD
                + "}]\n";
        shouldHaveRefused(
                run("node { writeFile file: 'a', text: '''" + first.replace("'", "\\'") + "'''\n"
                        + "writeFile file: 'b', text: '''" + other.replace("'", "\\'") + "'''\n"
                        + "withEnv(['KUBECONFIG=a:b']) { " + STEP + " } }"),
                "together have two users");
    }

    @Test
    void shouldRunNothingForASecretFile() throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "file",
                        "",
                        "config",
                        SecretBytes.fromRawBytes(kubeconfig("user twice").getBytes(StandardCharsets.UTF_8))));
        ClusterConfiguration cluster = new ClusterConfiguration("prod");
        cluster.setCredentialsId("file");
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster));

        shouldHaveRefused(run(STEP + ", kubeconfigCredentialsId: 'file'"), "has two users");
        shouldHaveRefused(run(STEP + ", cluster: 'prod'"), "has two users");
        FormValidation tested = ExtensionList.lookupSingleton(ClusterConfiguration.DescriptorImpl.class)
                .doTestConnection(
                        null, "prod", "", "", false, "file", "", "", "", "", "", "", "", false, "", false, true);
        assertThat(tested.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(tested.getMessage()).contains("has two users");
        assertThat(Files.exists(trace)).isFalse();
    }
}
