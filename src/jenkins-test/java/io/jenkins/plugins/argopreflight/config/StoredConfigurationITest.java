package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Configuration that was stored before a setting existed. */
@WithJenkins
class StoredConfigurationITest {

    private static final String CONFIGURATION = "io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration";

    @Test
    void shouldKeepTheControllersIdentityOffAtFirst(JenkinsRule jenkins) {
        assertThat(ArgoPreflightConfiguration.get().isOwnCluster()).isFalse();
        assertThat(ArgoPreflightConfiguration.get().isOnlyConfiguredClusters()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', false", "<ownCluster>true</ownCluster>, true", "<ownCluster>false</ownCluster>, false"})
    void shouldTakeAStoredValueAndElseOff(String stored, boolean own, JenkinsRule jenkins) throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(CONFIGURATION + ".xml");
        Files.writeString(
                file,
                "<" + CONFIGURATION + "><clusters/><defaultCluster></defaultCluster>" + stored
                        + "<failOn>WARN</failOn><ignores/></" + CONFIGURATION + ">");

        ArgoPreflightConfiguration.get().load();

        assertThat(ArgoPreflightConfiguration.get().isOwnCluster()).isEqualTo(own);
        assertThat(ArgoPreflightConfiguration.get().getUnstableOn()).isEmpty();
        assertThat(JobSettings.ofJenkins().policy().options().gate()).isEqualTo(Gate.WARN);
    }

    @Test
    void shouldNotLetStepsAdoptOrFollowAgentsAtFirst(JenkinsRule jenkins) {
        assertThat(ArgoPreflightConfiguration.get().isAllowAdopt()).isFalse();
        assertThat(ArgoPreflightConfiguration.get().isAllowAgentServers()).isFalse();
    }

    @Test
    void shouldNotCheckAdoptInTheForm(JenkinsRule jenkins) throws Exception {
        jenkins.configRoundtrip();
        assertThat(ArgoPreflightConfiguration.get().isAllowAdopt()).isFalse();
        assertThat(ArgoPreflightConfiguration.get().isAllowAgentServers()).isFalse();
        ArgoPreflightConfiguration.get().setAllowAdopt(true);
        jenkins.configRoundtrip();
        assertThat(ArgoPreflightConfiguration.get().isAllowAdopt()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', false", "<allowAdopt>true</allowAdopt>, true", "<allowAdopt>false</allowAdopt>, false"})
    void shouldKeepAStoredDecisionOnAdopt(String stored, boolean adopt, JenkinsRule jenkins) throws Exception {
        store(jenkins, stored);
        assertThat(ArgoPreflightConfiguration.get().isAllowAdopt()).isEqualTo(adopt);
        assertThat(ArgoPreflightConfiguration.get().isAllowAgentServers()).isFalse();
    }

    @Test
    void shouldAllowWhatAStoredClusterCouldDo(JenkinsRule jenkins) {
        ClusterConfiguration cluster = (ClusterConfiguration)
                Jenkins.XSTREAM2.fromXML("<io.jenkins.plugins.argopreflight.config.ClusterConfiguration>"
                        + "<name>prod</name></io.jenkins.plugins.argopreflight.config.ClusterConfiguration>");
        assertThat(cluster.isAllowWrites()).isTrue();
        assertThat(cluster.getAllowedNamespaces()).isEmpty();
        assertThat(cluster.getAllowedFolders()).isEmpty();
    }

    /** An administrator can have written the configuration file. */
    @Test
    void shouldReportAStoredLimitThatIsInvalid(JenkinsRule jenkins) throws Exception {
        store(jenkins, "<limits><string>images=many</string></limits>");

        assertThatThrownBy(() -> JobSettings.ofJenkins().limits())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("images=many");

        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "checks");
        job.setDefinition(new CpsFlowDefinition("argoPreflight(manifests: 'kind: Pod', noCluster: true)", true));
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("ERROR: limit images=many", run);
    }

    private static void store(JenkinsRule jenkins, String settings) throws IOException {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve(CONFIGURATION + ".xml");
        Files.writeString(file, "<" + CONFIGURATION + "><clusters/>" + settings + "<ignores/></" + CONFIGURATION + ">");
        ArgoPreflightConfiguration.get().load();
    }

    @Test
    void shouldReadAFolderThatWasStoredWithoutAPolicy(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty((FolderConfiguration)
                Jenkins.XSTREAM2.fromXML("<io.jenkins.plugins.argopreflight.config.FolderConfiguration><clusters/>"
                        + "<defaultCluster></defaultCluster><failOn>WARN</failOn><ignores/>"
                        + "</io.jenkins.plugins.argopreflight.config.FolderConfiguration>"));
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "job");
        assertThat(JobSettings.of(job).policy().options().gate()).isEqualTo(Gate.WARN);
        assertThat(JobSettings.of(job).policy().options().unstableOn()).isEmpty();
        assertThat(JobSettings.of(job).policy().notes()).isEqualTo(List.of());
    }

    @Test
    void shouldReadAFolderThatStoresOnlyAPart(JenkinsRule jenkins) throws Exception {
        String pack = "io.jenkins.plugins.argopreflight.config.";
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.addProperty((FolderConfiguration) Jenkins.XSTREAM2.fromXML("<" + pack + "FolderConfiguration/>"));
        Folder inner = folder.createProject(Folder.class, "inner");
        inner.addProperty((FolderConfiguration) Jenkins.XSTREAM2.fromXML("<" + pack + "FolderConfiguration><clusters><"
                + pack + "ClusterConfiguration><name>prod</name></" + pack
                + "ClusterConfiguration></clusters><ignores><" + pack + "IgnoredCheck><id>host-path</id></" + pack
                + "IgnoredCheck></ignores></" + pack + "FolderConfiguration>"));

        JobSettings settings = JobSettings.of(inner.createProject(FreeStyleProject.class, "job"));

        assertThat(settings.policy().options().ignores())
                .singleElement()
                .satisfies(ignore -> assertThat(ignore.reason()).isEmpty());
        assertThat(settings.defaultCluster()).isEmpty();
        ClusterConfiguration cluster = settings.clusters().get("prod").configuration();
        assertThat(cluster.getServerUrl()).isEmpty();
        assertThat(settings.clusters().get("prod").limits().argoNamespace()).isEqualTo("argo");
        assertThat(settings.addressPolicy(Optional.of(cluster))).isNotNull();
    }
}
