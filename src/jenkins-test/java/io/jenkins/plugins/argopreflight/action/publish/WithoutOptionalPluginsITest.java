package io.jenkins.plugins.argopreflight.action.publish;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.PluginManager;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.credentials.ClusterCredentials;
import io.jenkins.plugins.argopreflight.credentials.RegistryCredentials;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A test in a Jenkins of its own, whose plugins have class loaders of their own. Without a plugin, those that need it
 * are missing, too.
 */
class WithoutOptionalPluginsITest {

    private static final String STEP =
            "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, failOn: 'NEVER')";

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension().prepareHomeLazily(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "junit",
                "docker-commons",
                "kubernetes-credentials",
                "checks-api junit docker-commons kubernetes-credentials authentication-tokens cloudbees-folder branch-api"
                        + " pipeline-groovy-lib workflow-multibranch pipeline-model-definition"
            })
    void shouldWork(String missing) throws Throwable {
        if (!missing.isEmpty()) {
            jenkins.omitPlugins(missing.split(" "));
        }
        jenkins.startJenkins();
        jenkins.runRemotely(WithoutOptionalPluginsITest::judge, missing);
    }

    private static void judge(JenkinsRule rule, String missing) throws Throwable {
        PluginManager plugins = rule.jenkins.pluginManager;
        assertThat(plugins.getFailedPlugins()).isEmpty();
        assertThat(plugins.getPlugin("argo-preflight").isActive()).isTrue();
        for (String plugin : missing.split(" ")) {
            assertThat(plugins.getPlugin(plugin)).as(plugin).isNull();
        }
        assertThat(ExtensionList.lookup(ReportPublisher.class))
                .extracting(ReportPublisher::place)
                .hasSize((missing.contains("checks-api") ? 0 : 1) + (missing.contains("junit") ? 0 : 1))
                .matches(places -> places.contains(Place.TESTS) != missing.contains("junit"));
        assertThat(ClusterCredentials.matcher()).isNotNull();
        assertThat(RegistryCredentials.matcher()).isNotNull();
        WorkflowRun run = rule.buildAndAssertSuccess(
                PreflightLab.job(rule, "job", PreflightLab.inWorkspace(PreflightLab.BROKEN, STEP)));
        assertThat(run.getActions(PreflightReportAction.class)).hasSize(1);
        rule.assertLogNotContains("could not be published", run);
        for (String page : new String[] {run.getUrl() + "argo-preflight/", "manage/configure", "pipeline-syntax/"}) {
            assertThat(rule.createWebClient()
                            .withJavaScriptEnabled(false)
                            .goTo(page)
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(200);
        }
    }
}
