package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightStep;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An invalid server URL gives one sentence, in each form and in a build. */
@WithJenkins
class InvalidServerUrlITest {

    private static final List<String> ODD = List.of(
            "api.example.com:6443",
            "https://",
            "https:///x",
            "https://[::1",
            "https://a b",
            "https://host:99999",
            "https://user:canary@host",
            "https://exämple.com",
            "file:///etc/passwd");

    private static void shouldBeOneSentence(String message) {
        assertThat(message)
                .contains("write https://host[:port]")
                .doesNotContain("Exception", "canary")
                .hasLineCount(1);
    }

    @Test
    void shouldBeReportedInForms(JenkinsRule jenkins) {
        ClusterConfiguration.DescriptorImpl cluster =
                ExtensionList.lookupSingleton(ClusterConfiguration.DescriptorImpl.class);
        PreflightStep.DescriptorImpl step = ExtensionList.lookupSingleton(PreflightStep.DescriptorImpl.class);
        for (String url : ODD) {
            for (FormValidation each : List.of(
                    cluster.doCheckServerUrl(null, url, false),
                    step.doCheckServerUrl(null, url, true),
                    cluster.doTestConnection(
                            null, "prod", url, "", true, "", "", "", "", "", "", "", "", false, "", false, true))) {
                assertThat(each.kind).as(url).isEqualTo(FormValidation.Kind.ERROR);
                shouldBeOneSentence(each.getMessage());
            }
            assertThat(cluster.doFillCredentialsIdItems(null, url, "")).isNotNull();
            assertThat(cluster.doCheckCredentialsId(null, url, "none")).isNotNull();
            assertThat(step.doFillCredentialsIdItems(null, url, "")).isNotNull();
        }
    }

    @Test
    void shouldBeReportedInABuild(JenkinsRule jenkins) throws Exception {
        for (String url : List.of("https://[::1", "https://host:99999", "https://user:canary@host")) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "argoPreflight objects: ['workflowtemplate/build'], namespace: 'ci', noRegistry: true, serverUrl: '"
                            + url + "'",
                    true));
            String log = JenkinsRule.getLog(jenkins.buildAndAssertStatus(Result.FAILURE, job));
            shouldBeOneSentence(log.lines()
                    .filter(line -> line.contains("serverUrl "))
                    .findFirst()
                    .orElse(log));
            assertThat(log).doesNotContain("\tat ");
        }
    }
}
