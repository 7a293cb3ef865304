package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.JobSettings;
import io.jenkins.plugins.argopreflight.config.NamedCluster;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightStep;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The limits of an administrator: a step that exceeds one ends with a sentence that names the setting. */
@WithJenkins
class ClusterLimitsITest {

    private static final String PREFLIGHT =
            "argoPreflight objects: ['workflowtemplate/build'], noRegistry: true, failOn: 'NEVER', ";
    private static final String SECRET = "argoRegistrySecret name: 'regcred', cluster: 'prod', registries:"
            + " [[url: 'registry.example.com', credentialsId: 'reg']], ";

    private JenkinsRule jenkins;
    private ClusterConfiguration prod;
    private int jobs;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        prod = new ClusterConfiguration("prod");
        prod.setServerUrl("https://api.nowhere.invalid:6443");
        prod.setSkipTlsVerify(true);
        prod.setCredentialsId("system-token");
        ArgoPreflightConfiguration.get().setClusters(List.of(prod));
        List<Credentials> all = SystemCredentialsProvider.getInstance().getCredentials();
        all.add(new StringCredentialsImpl(
                CredentialsScope.SYSTEM, "system-token", "", Secret.fromString("canary-7Q2z")));
        all.add(login());
    }

    private static UsernamePasswordCredentialsImpl login() {
        try {
            return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg", "", "team", "canary-7Q2z");
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IllegalStateException(e);
        }
    }

    private String log(Folder folder, String script) throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job(folder, script)));
    }

    private WorkflowJob job(Folder folder, String script) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job-" + ++jobs);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** The cluster does not answer, so that a preflight ends without a finding that decides. */
    private String allowed(Folder folder) throws Exception {
        return JenkinsRule.getLog(
                jenkins.buildAndAssertStatus(Result.UNSTABLE, job(folder, PREFLIGHT + "cluster: 'prod'")));
    }

    private Folder folder(String name) throws Exception {
        return jenkins.createProject(Folder.class, name);
    }

    @Test
    void shouldRefuseAJobOutsideOfTheAllowedFolders() throws Exception {
        prod.setAllowedFolders(List.of("team"));
        assertThat(log(folder("other"), PREFLIGHT + "cluster: 'prod'"))
                .contains("Job other/job-1 cannot use cluster \"prod\"", "is in allowedFolders of cluster \"prod\"");
        Folder inner = folder("team").createProject(Folder.class, "inner");
        assertThat(allowed(inner)).doesNotContain("allowedFolders");
        ArgoPreflightConfiguration.get().setDefaultCluster("prod");
        assertThat(log(jenkins.jenkins.getItem("other", jenkins.jenkins, Folder.class), PREFLIGHT + "name: 'x'"))
                .contains("is in allowedFolders of cluster \"prod\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PREFLIGHT + "cluster: 'prod', namespace: 'kube-system'",
                PREFLIGHT + "cluster: 'prod', namespace: 'ci', argoNamespace: 'kube-system'",
                SECRET + "namespace: 'kube-system'",
                SECRET + "namespaces: ['ci', 'kube-system']",
                "withArgoRegistrySecret(name: 'regcred', cluster: 'prod', namespaces: ['kube-system'],"
                        + " registries: [[url: 'registry.example.com', credentialsId: 'reg']]) { echo 'never' }"
            })
    void shouldRefuseANamespaceThatIsNotAllowed(String script) throws Exception {
        prod.setAllowedNamespaces(List.of("ci", "ci-*"));
        assertThat(log(folder("team"), script))
                .contains("ERROR: namespace kube-system is not in allowedNamespaces of cluster \"prod\"")
                .doesNotContain("never\n", "canary");
    }

    @Test
    void shouldRefuseWritesAndNotDryRuns() throws Exception {
        prod.setAllowWrites(false);
        Folder team = folder("team");
        assertThat(log(team, SECRET + "namespaces: ['ci']"))
                .contains("ERROR: cluster \"prod\" allows no writes (allowWrites)");
        assertThat(log(team, SECRET + "namespaces: ['ci'], dryRun: true")).doesNotContain("allowWrites");
    }

    @ParameterizedTest
    @CsvSource({
        "\"serverUrl: 'https://api.nowhere.invalid:6443'\", serverUrl cannot be used",
        "kubeconfigCredentialsId: 'any', kubeconfigCredentialsId cannot be used"
    })
    void shouldRefuseAClusterThatIsNotConfigured(String parameter, String reason) throws Exception {
        ArgoPreflightConfiguration.get().setOnlyConfiguredClusters(true);
        assertThat(log(folder("team"), PREFLIGHT + parameter.replace("\"", "")))
                .contains(reason, "onlyConfiguredClusters");
    }

    @Test
    void shouldRefuseAKubeconfigOfTheBuild() throws Exception {
        ArgoPreflightConfiguration.get().setOnlyConfiguredClusters(true);
        assertThat(log(folder("team"), "node { withEnv(['KUBECONFIG=x']) { " + PREFLIGHT + "name: 'x' } }"))
                .contains("the KUBECONFIG of the build cannot be used", "onlyConfiguredClusters");
    }

    /** A configured kubeconfig has the only address of its cluster, and another one leads elsewhere. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotReplaceAConfiguredKubeconfigByThatOfABuild(boolean onlyConfigured) throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            PreflightLab.allowLoopback();
            ArgoPreflightConfiguration.get().setOnlyConfiguredClusters(onlyConfigured);
            List<Credentials> all = SystemCredentialsProvider.getInstance().getCredentials();
            all.add(kubeconfig(CredentialsScope.SYSTEM, "configured", "https://api.nowhere.invalid:6443"));
            all.add(kubeconfig(CredentialsScope.GLOBAL, "mine", "http://127.0.0.1:" + elsewhere.getLocalPort()));
            prod.setServerUrl("");
            prod.setCredentialsId("configured");

            assertThat(log(folder("team"), PREFLIGHT + "cluster: 'prod', credentialsId: 'mine'"))
                    .contains("ERROR: Credentials \"mine\" are a kubeconfig", "and so does cluster \"prod\"");
            elsewhere.setSoTimeout(200);
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static Credentials kubeconfig(CredentialsScope scope, String id, String server) {
        String content = "apiVersion: v1\nkind: Config\ncurrent-context: a\n"
                + "contexts: [{name: a, context: {cluster: c, user: u}}]\n"
                + "clusters: [{name: c, cluster: {server: '" + server + "'}}]\n"
                + "users: [{name: u, user: {token: canary-7Q2z}}]\n";
        return new FileCredentialsImpl(
                scope, id, "", "config", SecretBytes.fromRawBytes(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldSayInTheFormThatOnlyConfiguredClustersCanBeUsed() {
        PreflightStep.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(PreflightStep.DescriptorImpl.class);
        assertThat(form.doCheckServerUrl(null, "https://api.nowhere.invalid", false).kind)
                .isEqualTo(FormValidation.Kind.OK);
        ArgoPreflightConfiguration.get().setOnlyConfiguredClusters(true);
        assertThat(form.doCheckServerUrl(null, "https://api.nowhere.invalid", false)
                        .getMessage())
                .contains("onlyConfiguredClusters");
        assertThat(form.doCheckKubeconfigCredentialsId(null, "any").getMessage())
                .contains("onlyConfiguredClusters");
        assertThat(form.isOnlyConfiguredClusters()).isTrue();
    }

    @Test
    void shouldNameTheSettingWhereThereIsNoCluster() throws Exception {
        assertThat(log(folder("team"), PREFLIGHT + "name: 'x'")).contains("No cluster: give the step", "(ownCluster)");
    }

    /** The credential of a configured cluster can have the scope System, which a job cannot use. */
    @Test
    void shouldUseASystemCredentialOnlyForTheConfiguredCluster() throws Exception {
        NamedCluster cluster = JobSettings.ofJenkins().clusters().get("prod");
        assertThat(cluster.credentials()).isPresent();
        Folder team = folder("team");
        assertThat(log(
                        team,
                        PREFLIGHT + "serverUrl: 'https://api.nowhere.invalid:6443', credentialsId: 'system-token'"))
                .contains("No credentials \"system-token\"");
        WorkflowJob top = jenkins.createProject(WorkflowJob.class, "top");
        top.setDefinition(new CpsFlowDefinition(
                PREFLIGHT + "serverUrl: 'https://api.nowhere.invalid:6443', credentialsId: 'system-token'", true));
        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, top)))
                .contains("No credentials \"system-token\"");
        assertThat(allowed(team)).doesNotContain("No credentials", "do not exist");
    }
}
