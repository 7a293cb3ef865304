package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever reads a build's log does not learn there where a configured cluster is, whatever goes wrong with it. */
@WithJenkins
class ClusterAddressITest {

    private static final String SERVER = "https://api.secret-place.invalid:6443";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argoRegistrySecret name: 'regcred', namespaces: ['ci'], cluster: 'prod',"
                        + " registries: [[url: 'registry.example.com', credentialsId: 'reg']]",
                "withArgoRegistrySecret(name: 'regcred', namespaces: ['ci'], cluster: 'prod',"
                        + " registries: [[url: 'registry.example.com', credentialsId: 'reg']]) { echo 'no' }",
                "def r = argoPreflight objects: ['workflowtemplate/build'], cluster: 'prod', noRegistry: true,"
                        + " failOn: 'NEVER'; echo r.findings.toString(); error 'end'",
                "argoPreflight objects: ['workflowtemplate/build'], cluster: 'prod', credentialsId: 'none'",
                "argoPreflight objects: ['workflowtemplate/build'], cluster: 'without'"
            })
    void shouldNotBeInTheLog(String step, JenkinsRule jenkins) throws Exception {
        ClusterConfiguration cluster = new ClusterConfiguration("prod");
        cluster.setServerUrl(SERVER);
        cluster.setSkipTlsVerify(true);
        ClusterConfiguration without = new ClusterConfiguration("without");
        without.setServerUrl(SERVER);
        without.setCredentialsId("none");
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster, without));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "reg", "", "team", "canary-7Q2z"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(step, true));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        assertThat(JenkinsRule.getLog(run))
                .containsPattern("cluster \"(prod|without)\"")
                .doesNotContain("secret-place");
    }
}
