package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import org.htmlunit.Page;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.junit.jupiter.WithLocalData;

/** Builds that an earlier version wrote, or a later one, or whose report is no longer whole: kept as they were written. */
@WithJenkins
class OldBuildITest {

    @WithLocalData
    @ParameterizedTest
    @CsvSource({
        "1, CAP_SYS_ADMIN",
        "2, is no longer in the build's folder",
        "3, it was cut off or changed",
        "4, CAP_SYS_ADMIN",
    })
    void shouldStillBeShown(int number, String said, JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("old", FreeStyleProject.class);
        FreeStyleBuild build = job.getBuildByNumber(number);
        PreflightReportAction action = build.getAction(PreflightReportAction.class);
        assertThat(action.getResult()).isEqualTo("failed");
        assertThat(action.getFailed()).isEqualTo(1);
        assertThat(action.getUnknown()).isEqualTo(16);
        assertThat(action.getRun()).isSameAs(build);

        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        String page = client.goTo(build.getUrl() + "argo-preflight/").asNormalizedText();
        assertThat(page).contains("Images", said).doesNotContain("Exception");
        assertThat(client.goTo(build.getUrl()).asNormalizedText()).contains("Images");
        Page api = client.goTo(build.getUrl() + "argo-preflight/api/json", "application/json");
        assertThat(api.getWebResponse().getContentAsString()).contains("\"failed\":1");
        assertThat(client.goTo(job.getUrl() + "argo-preflight/").asNormalizedText())
                .contains("#" + number);
    }
}
