package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The log of a build masks the build's secrets; nothing else of Jenkins does, so the report of a preflight has none. */
@WithJenkins
class MaskedReportITest {

    private static final String SECRET = "s3cr3t-canary 1(x";

    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata:
          generateName: build-
        spec:
          entrypoint: main
          arguments:
            parameters: [{name: tok}]
          templates:
          - name: main
            steps:
            - - name: one
                template: one
                when: "{{workflow.parameters.tok}} != \\'\\'"
          - name: one
            container:
              image: registry.example.com/team/image:v1.2
              command: [sh]
        """;

    @Test
    void shouldHaveNoSecretOfTheBuild(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "own", "", Secret.fromString(SECRET)));
        String script = PreflightLab.inWorkspace(WORKFLOW, """
            withCredentials([string(credentialsId: 'own', variable: 'TOK')]) {
              def r = argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true,
                parameters: ["tok=${TOK}"], failOn: 'NEVER', unstableOn: 'NEVER')
              currentBuild.description = r.findings.toString()
            }
            """);

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.SUCCESS, PreflightLab.job(jenkins, "job", script));

        Path folder = run.getRootDir().toPath();
        assertThat(Gzip.read(folder.resolve("argo-preflight/argo-preflight.json.gz")))
                .contains("****")
                .doesNotContain("s3cr3t");
        assertThat(run.getDescription()).contains("****").doesNotContain("s3cr3t");
        assertThat(Files.readString(folder.resolve("build.xml"))).doesNotContain("s3cr3t");
        assertThat(jenkins.createWebClient()
                        .withJavaScriptEnabled(false)
                        .goTo(run.getUrl() + "argo-preflight/")
                        .getWebResponse()
                        .getContentAsString())
                .contains("****")
                .doesNotContain("s3cr3t");
    }

    /** The error of the step quotes a parameter. */
    @Test
    void shouldDescribeTheBuildWithoutASecret(JenkinsRule jenkins) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "own", "", Secret.fromString(SECRET)));
        String script = PreflightLab.inWorkspace(WORKFLOW, """
            withCredentials([string(credentialsId: 'own', variable: 'TOK')]) {
              argoPreflight(workflows: "missing/${TOK}.yaml", noCluster: true, noRegistry: true, description: true)
            }
            """);

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PreflightLab.job(jenkins, "described", script));

        assertThat(run.getDescription())
                .startsWith("argoPreflight: workflows: no file in the workspace ")
                .contains("****")
                .doesNotContain("s3cr3t");
    }
}
