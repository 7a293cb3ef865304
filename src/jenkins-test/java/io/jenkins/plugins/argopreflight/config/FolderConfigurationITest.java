package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FolderConfigurationITest {

    @Test
    void shouldGoBeforeTheFoldersAroundItAndJenkins(JenkinsRule jenkins) throws Exception {
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster("prod", "https://global"), cluster("lab", "x")));
        ArgoPreflightConfiguration.get().setDefaultCluster("lab");
        Folder outer = jenkins.createProject(Folder.class, "outer");
        Folder inner = outer.createProject(Folder.class, "inner");
        FreeStyleProject job = inner.createProject(FreeStyleProject.class, "job");
        FolderConfiguration said = new FolderConfiguration();
        said.setClusters(List.of(cluster("prod", "https://folder")));
        said.setDefaultCluster("prod");
        said.setFailOn("warn");
        said.setIgnores(List.of(new IgnoredCheck("host-path")));
        outer.addProperty(said);

        JobSettings settings = JobSettings.of(job);

        assertThat(settings.clusters()).containsOnlyKeys("prod", "lab");
        assertThat(settings.clusters().get("prod").configuration().getServerUrl())
                .isEqualTo("https://folder");
        assertThat(settings.clusters().get("prod").origin()).isEqualTo("cluster \"prod\" of folder outer");
        assertThat(settings.clusters().get("prod").owner()).isSameAs(outer);
        assertThat(settings.defaultCluster()).isEqualTo("prod");
        assertThat(settings.policy().options().gate()).isEqualTo(Gate.WARN);
        assertThat(settings.policy().options().ignores())
                .extracting(Suppression::check)
                .containsExactly("host-path");
        assertThat(JobSettings.ofJenkins().defaultCluster()).isEqualTo("lab");
    }

    @Test
    void shouldKeepEverythingWhenTheFormIsSaved(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderConfiguration said = new FolderConfiguration();
        ClusterConfiguration limited = cluster("prod", "https://folder");
        limited.setAllowedNamespaces(List.of("ci", "ci-*"));
        limited.setAllowedFolders(List.of("team/app"));
        limited.setAllowWrites(false);
        said.setClusters(List.of(limited, cluster("test", "https://test")));
        said.setDefaultCluster("prod");
        said.setFailOn("NEVER");
        said.setUnstableOn("WARN");
        said.setLockPolicy(true);
        IgnoredCheck ignored = new IgnoredCheck("host-path");
        ignored.setUntil("2027-01-31");
        said.setIgnores(List.of(ignored));
        folder.addProperty(said);

        jenkins.configRoundtrip(folder);

        jenkins.assertEqualDataBoundBeans(said, folder.getProperties().get(FolderConfiguration.class));
    }

    @Test
    void shouldLockAFolderThatJenkinsLocks(JenkinsRule jenkins) throws Exception {
        ArgoPreflightConfiguration.get().setFailOn("WARN");
        ArgoPreflightConfiguration.get().setLockPolicy(true);
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderConfiguration said = new FolderConfiguration();
        said.setFailOn("NEVER");
        folder.addProperty(said);
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "job");

        assertThat(JobSettings.of(job).policy().options().gate()).isEqualTo(Gate.WARN);
        assertThat(JobSettings.of(job).policy().notes())
                .containsExactly("failOn NEVER of folder team does not apply: the policy of Jenkins is locked, with"
                        + " failOn WARN");
    }

    private static ClusterConfiguration cluster(String name, String url) {
        ClusterConfiguration cluster = new ClusterConfiguration(name);
        cluster.setServerUrl(url);
        return cluster;
    }
}
