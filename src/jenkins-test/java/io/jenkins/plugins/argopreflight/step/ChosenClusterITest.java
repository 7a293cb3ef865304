package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.EnvVars;
import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Pipeline and the configuration choose the cluster of a step; an agent does not. */
@WithJenkins
class ChosenClusterITest {

    private static final String PASSWORD = "canary-7Q2z";
    private static final String SECRET = "argoRegistrySecret(name: 'regcred', registries:"
            + " [[url: 'registry.example.com', credentialsId: 'reg']])";
    private static final String IN_CI = SECRET.replace("name: 'regcred'", "name: 'regcred', namespaces: ['ci']");
    private static final String LOOK =
            "argoPreflight(objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true, failOn: 'NEVER')";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private Listener ofFile;
    private Listener configured;
    private String file;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        ofFile = new Listener();
        configured = new Listener();
        PreflightLab.allowLoopback();
        file = write("kubeconfig", ofFile.kubeconfig());
        List<Credentials> all = SystemCredentialsProvider.getInstance().getCredentials();
        all.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg", "", "team", PASSWORD));
        all.add(new FileCredentialsImpl(
                CredentialsScope.GLOBAL,
                "file",
                "",
                "config",
                SecretBytes.fromRawBytes(ofFile.kubeconfig().getBytes(StandardCharsets.UTF_8))));
    }

    @AfterEach
    void close() {
        ofFile.close();
        configured.close();
    }

    private String write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static ClusterConfiguration cluster(Listener server) {
        ClusterConfiguration cluster = new ClusterConfiguration("prod");
        cluster.setServerUrl(server.url());
        cluster.setSkipTlsVerify(true);
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster));
        return cluster;
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(String script) throws Exception {
        return jenkins.waitForCompletion(job(script).scheduleBuild2(0).waitForStart());
    }

    private String failure(String script) throws Exception {
        WorkflowRun run = run(script);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        return JenkinsRule.getLog(run);
    }

    private static boolean hasPassword(Listener server) {
        String encoded = Base64.getEncoder().encodeToString(("team:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return server.received().stream()
                .map(request -> request + decoded(request))
                .anyMatch(request -> request.contains(PASSWORD) || request.contains(encoded));
    }

    private static String decoded(String request) {
        String[] parts = request.split(".dockerconfigjson\":\"");
        return parts.length < 2
                ? ""
                : new String(Base64.getDecoder().decode(parts[1].split("\"")[0]), StandardCharsets.UTF_8);
    }

    /** Runs the script on a node where KUBECONFIG comes from somewhere that is not the Pipeline. */
    private WorkflowRun elsewhere(String source, String step) throws Exception {
        EnvVars process = source.equals("process") ? new EnvVars("KUBECONFIG", file) : new EnvVars();
        DumbSlave node = jenkins.createOnlineSlave(Label.get("far"), process);
        EnvironmentVariablesNodeProperty property =
                new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry("KUBECONFIG", file));
        if (source.equals("node")) {
            node.getNodeProperties().add(property);
        } else if (source.equals("global")) {
            jenkins.jenkins.getGlobalNodeProperties().add(property);
        }
        WorkflowJob job = job("node('far') { echo \"it is ${env.KUBECONFIG}\"\n" + step + " }");
        WorkflowRun run;
        if (source.equals("parameter")) {
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("KUBECONFIG", "")));
            run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("KUBECONFIG", file)))
                    .waitForStart();
        } else {
            run = job.scheduleBuild2(0).waitForStart();
        }
        jenkins.waitForCompletion(run);
        jenkins.assertLogContains("it is " + file, run);
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "node", "global", "parameter"})
    void shouldNotSendAPasswordWhereTheEnvironmentOfAnAgentLeads(String source) throws Exception {
        WorkflowRun run = elsewhere(source, IN_CI);

        assertThat(ofFile.received()).isEmpty();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "KUBECONFIG comes from the agent, from Jenkins or from a parameter of the build", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "node", "global", "parameter"})
    void shouldUseTheDefaultClusterWhateverTheEnvironmentOfAnAgentSays(String source) throws Exception {
        cluster(configured);
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");

        elsewhere(source, IN_CI + "\n" + LOOK);

        assertThat(ofFile.received()).isEmpty();
        assertThat(hasPassword(configured)).isTrue();
    }

    private String block(String way, String step) {
        return switch (way) {
            case "withEnv" -> "node { withEnv(['KUBECONFIG=" + file + "']) { " + step + " } }";
            case "withCredentials" ->
                "node { withCredentials([file(credentialsId: 'file', variable: 'KUBECONFIG')]) { " + step + " } }";
            case "withKubeConfig" -> "node { kubeconfigBlock('" + file + "') { " + step + " } }";
            case "assignment" -> "node { env.KUBECONFIG = '" + file + "'\n" + step + " }";
            case "passed on" -> "node { withEnv([\"KUBECONFIG=${env.OTHER}\"]) { " + step + " } }";
            default ->
                "pipeline { agent any\nenvironment { KUBECONFIG = '" + file + "' }\nstages { stage('x') { steps { "
                        + step + " } } } }";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"withEnv", "withCredentials", "withKubeConfig", "assignment", "environment", "passed on"})
    void shouldUseTheKubeconfigThatThePipelineSets(String way) throws Exception {
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(new EnvironmentVariablesNodeProperty.Entry("OTHER", file)));
        cluster(configured);
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");

        WorkflowRun run = run(block(way, LOOK));

        assertThat(ofFile.received()).anyMatch(request -> request.contains("Bearer token-of-the-file"));
        assertThat(configured.received()).isEmpty();
        jenkins.assertLogContains("KUBECONFIG of the build", run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"withEnv", "withCredentials", "withKubeConfig", "assignment", "environment"})
    void shouldNotSendAPasswordToAServerThatOnlyAFileOnAnAgentNames(String way) throws Exception {
        cluster(configured);

        String log = failure(block(way, IN_CI));

        assertThat(ofFile.received()).isEmpty();
        assertThat(log)
                .contains("No password of a registry is sent to " + ofFile.url(), "allowAgentServers")
                .doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"withEnv", "withCredentials", "withKubeConfig", "assignment", "environment"})
    void shouldSendThePasswordWhereTheServerIsAConfiguredCluster(String way) throws Exception {
        cluster(ofFile);
        jenkins.assertLogContains("KUBECONFIG of the build: cluster \"prod\"", run(block(way, IN_CI)));
        assertThat(hasPassword(ofFile)).isTrue();
        assertThat(ofFile.received()).allMatch(request -> request.contains("Bearer token-of-the-file"));
    }

    @Test
    void shouldSendThePasswordWhereAnAdministratorAllowsOtherServers() throws Exception {
        ArgoPreflightConfiguration.get().setAllowAgentServers(true);
        run(block("withEnv", IN_CI));
        assertThat(hasPassword(ofFile)).isTrue();
    }

    @Test
    void shouldSendThePasswordToAServerUrlAndToACredentialsKubeconfig() throws Exception {
        run(IN_CI.replace("name: 'regcred'", "name: 'regcred', kubeconfigCredentialsId: 'file'"));
        assertThat(hasPassword(ofFile)).isTrue();
        run(IN_CI.replace(
                "name: 'regcred'", "name: 'regcred', skipTlsVerify: true, serverUrl: '" + configured.url() + "'"));
        assertThat(hasPassword(configured)).isTrue();
    }

    @Test
    void shouldNotCountAClusterThatTheJobCannotUse() throws Exception {
        cluster(ofFile).setAllowedFolders(List.of("team"));
        assertThat(failure(block("withEnv", IN_CI))).contains("No password of a registry is sent to");
        assertThat(ofFile.received()).isEmpty();
    }

    @Test
    void shouldHoldTheLimitsOfTheConfiguredCluster() throws Exception {
        cluster(ofFile).setAllowedNamespaces(List.of("other"));
        assertThat(failure(block("withEnv", IN_CI)))
                .contains("namespace ci is not in allowedNamespaces of cluster \"prod\"");
        cluster(ofFile).setAllowWrites(false);
        assertThat(failure(block("withEnv", IN_CI))).contains("cluster \"prod\" allows no writes (allowWrites)");
        assertThat(hasPassword(ofFile)).isFalse();
    }

    /** A user who replaces the file could otherwise have the password written where that user can read it. */
    @Test
    void shouldNotTakeTheNamespaceOfAFileForAConfiguredCluster() throws Exception {
        file = write("other", ofFile.kubeconfig("theirs"));
        cluster(ofFile).setNamespace("ours");
        WorkflowRun run = run(block("withEnv", SECRET));
        jenkins.assertLogContains("Namespace theirs of the kubeconfig does not count", run);
        assertThat(ofFile.received())
                .noneMatch(request -> request.contains("theirs"))
                .anyMatch(request -> request.contains("/namespaces/ours/secrets"));
    }

    @Test
    void shouldReadAtMostSixteenFiles() throws Exception {
        String many = file + (":" + file + "-none").repeat(16);
        assertThat(failure(block("withEnv", LOOK).replace(file, many))).contains("KUBECONFIG names 17 files");
        String most = file + (":" + file + "-none").repeat(15);
        run(block("withEnv", LOOK).replace(file, most));
        assertThat(ofFile.received()).isNotEmpty();
    }

    @Test
    void shouldReadAtMostOneMebibyteTogether() throws Exception {
        String half = "#" + "x".repeat((1 << 19) - 2) + "\n";
        String large = write("large", half);
        String larger = write("larger", half + "\n");
        assertThat(failure(block("withEnv", LOOK).replace(file, large + ":" + larger)))
                .contains("KUBECONFIG names files of more than 1 MiB together");
        assertThat(ofFile.received()).isEmpty();
    }

    @Test
    void shouldFailWhereThereIsNoWorkspaceForTheKubeconfig() throws Exception {
        cluster(configured);
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");
        assertThat(failure("withEnv(['KUBECONFIG=" + file + "']) { " + LOOK + " }"))
                .contains("there is no workspace here: put the step into node { … }");
        assertThat(configured.received()).isEmpty();
    }

    @Test
    void shouldUseTheDefaultClusterWhereThePipelineClearsTheVariable() throws Exception {
        cluster(configured);
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");
        run("node { env.KUBECONFIG = '" + file + "'\nwithEnv(['KUBECONFIG=']) { " + LOOK + " } }");
        assertThat(ofFile.received()).isEmpty();
        assertThat(configured.received()).isNotEmpty();
    }
}
