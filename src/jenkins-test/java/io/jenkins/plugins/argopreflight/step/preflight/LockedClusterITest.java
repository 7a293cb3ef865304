package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.EnvVars;
import hudson.model.Label;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import io.jenkins.plugins.argopreflight.step.JobOfUser;
import io.jenkins.plugins.argopreflight.step.Listener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Below a locked policy, who configures a job does not choose the cluster that judges. */
@WithJenkins
class LockedClusterITest {

    private static final String LOOK = "argoPreflight(workflows: 'workflows/*.yaml', noRegistry: true, namespace: 'ci'";

    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private Listener judge;
    private Listener permissive;
    private Folder team;
    private JobOfUser user;
    private String file;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        judge = new Listener();
        permissive = new Listener();
        file = Files.writeString(folder.resolve("kubeconfig"), permissive.kubeconfig())
                .toString();
        PreflightLab.allowLoopback();
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new FileCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        "file",
                        "",
                        "config",
                        SecretBytes.fromRawBytes(permissive.kubeconfig().getBytes(StandardCharsets.UTF_8))));
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "own", "", Secret.fromString("own-token")));
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "weak", "", Secret.fromString("weak-token")));
        ClusterConfiguration prod = cluster("prod", judge);
        prod.setCredentialsId("own");
        ArgoPreflightConfiguration.get().setClusters(List.of(prod));
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");
        ArgoPreflightConfiguration.get().setLockPolicy(true);
        team = jenkins.createProject(Folder.class, "team");
        user = new JobOfUser(jenkins);
    }

    @AfterEach
    void close() {
        judge.close();
        permissive.close();
    }

    private static ClusterConfiguration cluster(String name, Listener server) {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl(server.url());
        cluster.setSkipTlsVerify(true);
        return cluster;
    }

    private static FolderConfiguration with(ClusterConfiguration... clusters) {
        FolderConfiguration configuration = new FolderConfiguration();
        configuration.setClusters(List.of(clusters));
        return configuration;
    }

    private String log(Folder where, String script) throws Exception {
        return user.log(
                where, script.startsWith("node(") ? script : PreflightLab.inWorkspace(PreflightLab.BROKEN, script));
    }

    private String steps(String way) {
        return switch (way) {
            case "serverUrl" -> LOOK + ", serverUrl: '" + permissive.url() + "', skipTlsVerify: true)";
            case "kubeconfigCredentialsId" -> LOOK + ", kubeconfigCredentialsId: 'file')";
            case "the KUBECONFIG of the build" -> "withEnv(['KUBECONFIG=" + file + "']) { " + LOOK + ") }";
            case "credentialsId" -> LOOK + ", cluster: 'prod', credentialsId: 'weak')";
            default -> LOOK + ", cluster: 'inner')";
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serverUrl",
                "kubeconfigCredentialsId",
                "the KUBECONFIG of the build",
                "credentialsId",
                "cluster \"inner\""
            })
    void shouldRefuseEveryOtherClusterInOneSentence(String way) throws Exception {
        team.addProperty(with(cluster("inner", permissive)));

        assertThat(log(team, steps(way)))
                .contains(
                        "ERROR: " + way + " cannot be used: the policy of Jenkins is locked, so only clusters that are"
                                + " configured there or further out judge (for this job: prod)\n");

        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).isEmpty();
    }

    @Test
    void shouldRefuseThemForASubmissionToo() throws Exception {
        String submit = "argoSubmit(file: 'workflows/build.yaml', namespace: 'ci', preflight: false, serverUrl: '"
                + permissive.url() + "', skipTlsVerify: true)";
        assertThat(log(team, submit)).contains("serverUrl cannot be used: the policy of Jenkins is locked");
        team.addProperty(with(cluster("prod", permissive)));
        log(team, "argoSubmit(file: 'workflows/build.yaml', namespace: 'ci', cluster: 'prod', wait: false)");
        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {", cluster: 'prod')", ")"})
    void shouldNotLetAnInnerFolderHideTheClusterThatJudges(String more) throws Exception {
        FolderConfiguration inner = with(cluster("prod", permissive));
        inner.setDefaultCluster("prod");
        team.addProperty(inner);

        log(team, LOOK + more);

        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).anyMatch(request -> request.contains("Bearer own-token"));
    }

    @Test
    void shouldNotCountADefaultClusterOfAnInnerFolder() throws Exception {
        FolderConfiguration inner = with(cluster("inner", permissive));
        inner.setDefaultCluster("inner");
        team.addProperty(inner);

        String log = log(team, LOOK + ")");

        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).isNotEmpty();
        assertThat(log).contains("defaultCluster inner of a folder does not apply: the policy of Jenkins is locked");
    }

    @Test
    void shouldAskTheClusterThatJudgesForAStepThatAsksNone() throws Exception {
        jenkins.createOnlineSlave(Label.get("far"), new EnvVars("KUBECONFIG", file));
        String script = PreflightLab.inWorkspace(PreflightLab.BROKEN, LOOK + ", noCluster: true)")
                .replace("node {", "node('far') {");

        assertThat(log(team, script)).contains("noCluster of this step does not apply");

        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).isNotEmpty();
    }

    @Test
    void shouldLetAStepAskNoClusterWhereTheJobCanUseNoneThatJudges() throws Exception {
        ArgoPreflightConfiguration.get().getClusters().get(0).setAllowedFolders(List.of("other"));
        team.addProperty(with(cluster("inner", permissive)));

        assertThat(log(team, LOOK + ", noCluster: true)"))
                .contains("Report: ")
                .doesNotContain("noCluster of this step does not apply");
        assertThat(log(team, LOOK + ", cluster: 'inner')")).contains("judge (for this job: none)");

        assertThat(permissive.received()).isEmpty();
        assertThat(judge.received()).isEmpty();
    }

    /** The outermost lock decides: a folder further in locks more, and opens nothing. */
    @Test
    void shouldUseTheClustersOfTheFolderThatLocksAndOfThoseAroundIt() throws Exception {
        ArgoPreflightConfiguration.get().setLockPolicy(false);
        FolderConfiguration locking = with(cluster("of-team", judge));
        locking.setLockPolicy(true);
        team.addProperty(locking);
        Folder inner = team.createProject(Folder.class, "inner");
        FolderConfiguration lockingToo = with(cluster("inner", permissive));
        lockingToo.setLockPolicy(true);
        inner.addProperty(lockingToo);

        assertThat(log(inner, LOOK + ", cluster: 'inner')"))
                .contains("cluster \"inner\" cannot be used: the policy of folder team is locked")
                .contains("judge (for this job: of-team, prod)");
        log(inner, LOOK + ", cluster: 'of-team')");
        assertThat(judge.received()).isNotEmpty();
        int before = judge.received().size();
        log(inner, LOOK + ", cluster: 'prod')");
        assertThat(judge.received()).hasSizeGreaterThan(before);
        assertThat(permissive.received()).isEmpty();
    }

    @Test
    void shouldLetAJobLogInWhereTheClusterHasNoCredentials() throws Exception {
        ArgoPreflightConfiguration.get().getClusters().get(0).setCredentialsId("");
        log(team, LOOK + ", cluster: 'prod', credentialsId: 'weak')");
        assertThat(judge.received()).anyMatch(request -> request.contains("Bearer weak-token"));
    }

    @Test
    void shouldUseTheClustersOfAFolderWithoutALock() throws Exception {
        ArgoPreflightConfiguration.get().setLockPolicy(false);
        team.addProperty(with(cluster("prod", permissive)));
        log(team, LOOK + ", cluster: 'prod')");
        assertThat(permissive.received()).isNotEmpty();
        assertThat(judge.received()).isEmpty();
    }
}
