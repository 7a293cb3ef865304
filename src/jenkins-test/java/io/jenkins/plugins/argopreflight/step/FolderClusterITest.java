package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class FolderClusterITest {

    /** A step can follow a workflow for days, and connects again. */
    @Test
    void shouldBeUsedAsItIsConfiguredNow(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        configure(folder, "https://old.example.com");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "job");
        ClusterConnector connector = ClusterConnector.afterBuild(
                ClusterChoice.of(Map.of("cluster", "prod")),
                ClusterUse.READ_OR_UNDO,
                Optional.empty(),
                Optional.of(job),
                System.out);

        configure(folder, "https://new.example.com");

        assertThat(connector.configured().configuration().getServerUrl()).isEqualTo("https://new.example.com");
    }

    private static void configure(Folder folder, String url) throws IOException {
        ClusterConfiguration cluster = new ClusterConfiguration("prod");
        cluster.setServerUrl(url);
        FolderConfiguration configuration = new FolderConfiguration();
        configuration.setClusters(List.of(cluster));
        folder.getProperties().replace(configuration);
    }
}
