package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class TrendITest {

    @Test
    void shouldBeThereWhileAnyBuildHasAReport(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        jenkins.buildAndAssertSuccess(job);
        assertThat(job.getAction(TrendAction.class)).isNull();
        record(jenkins.buildAndAssertSuccess(job));
        for (int i = 0; i < 35; i++) {
            jenkins.buildAndAssertSuccess(job);
        }

        HtmlPage page = client.goTo(job.getUrl());
        assertThat(page.getByXPath("//*[local-name()='svg' and contains(@class, 'ap-chart')]"))
                .hasSize(1);
        assertThat(page.getByXPath("//*[local-name()='rect' and @class='ap-bar-ok']"))
                .hasSize(1);
        assertThat(page.getByXPath("//*[contains(@class, 'ap-key-ok')]")).hasSize(1);
        assertThat(page.asNormalizedText()).contains("nothing found");

        CellLabels.check(client.goTo(job.getUrl() + "argo-preflight/"));

        job.getBuildByNumber(2).delete();
        assertThat(job.getAction(TrendAction.class)).isNull();
        record(job.getLastBuild());
        assertThat(job.getAction(TrendAction.class)).isNotNull();
    }

    private static void record(FreeStyleBuild build) throws Exception {
        BuildReports.record(
                build,
                new ReportRecord("argo-preflight", "", "owner", Verdict.PASSED, Preflights.green(), History.NONE));
    }
}
