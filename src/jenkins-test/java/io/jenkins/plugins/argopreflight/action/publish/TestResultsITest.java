package io.jenkins.plugins.argopreflight.action.publish;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.tasks.junit.TestResultAction;
import hudson.tasks.test.TestResult;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A test with the JUnit plugin. {@link WithoutOptionalPluginsITest} runs without it. */
@WithJenkins
class TestResultsITest {

    private static final String STEP =
            "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, failOn: 'NEVER'";

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        ArgoPreflightConfiguration.get().setPublishTests(true);
    }

    private WorkflowJob job(String script) throws Exception {
        return PreflightLab.job(jenkins, "tests", PreflightLab.inWorkspace(PreflightLab.BROKEN, script));
    }

    @Test
    void shouldShowTheFindingsAmongTheTestResultsAndLeaveTheVerdictToTheGates() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ")"));
        TestResultAction tests = run.getAction(TestResultAction.class);
        assertThat(tests.getFailedTests()).singleElement().satisfies(failed -> {
            assertThat(failed.getFullName()).startsWith("preflight.").contains("capability-prefix");
            assertThat(failed.getErrorDetails()).contains("prefix CAP_");
            assertThat(failed.getErrorStackTrace()).contains("CAP_SYS_ADMIN");
        });
        assertThat(tests.getTotalCount()).isBetween(5, 20);
        assertThat(jenkins.createWebClient()
                        .getPage(run, "testReport/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("capability-prefix");
        jenkins.assertLogNotContains("Recording test results", run);
    }

    @Test
    void shouldReportTheReportsOfABuildApartAndAddToOtherTests() throws Exception {
        String own =
                "writeFile file: 'own.xml', text: '<testsuite name=\"own\"><testcase classname=\"a.B\" name=\"c\"/>"
                        + "</testsuite>'\njunit 'own.xml'\n";
        WorkflowRun run = jenkins.buildAndAssertSuccess(
                job(own + "parallel a: { " + STEP + ", id: 'images') }, b: { " + STEP + ") }"));
        assertThat(names(run.getAction(TestResultAction.class).getFailedTests()))
                .hasSize(2)
                .anyMatch(name -> name.contains("preflight.images."))
                .anyMatch(name -> !name.contains("preflight.images."));
        assertThat(names(run.getAction(TestResultAction.class).getPassedTests()))
                .contains("a.B.c");
    }

    private static List<String> names(List<? extends TestResult> results) {
        return results.stream().map(TestResult::getFullName).toList();
    }

    @Test
    void shouldShowThemAlsoWhenTheStepFails() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertStatus(
                Result.FAILURE, job(STEP.replace("failOn: 'NEVER'", "failOn: 'FAIL'") + ")"));
        assertThat(run.getAction(TestResultAction.class).getFailCount()).isEqualTo(1);
    }

    @Test
    void shouldPublishNothingUnlessAnAdministratorSwitchedItOn() throws Exception {
        ArgoPreflightConfiguration.get().setPublishTests(false);
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ")"));
        assertThat(run.getAction(TestResultAction.class)).isNull();
    }

    @Test
    void shouldPublishNothingOnRequest() throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job(STEP + ", skipPublishingTests: true)"));
        assertThat(run.getAction(TestResultAction.class)).isNull();
    }
}
