package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsServers(Server.CLUSTER)
@WithJenkins
class SecretsPageITest {

    private JenkinsRule jenkins;
    private SecretLab lab;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        lab = new SecretLab();
        lab.configure();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
    }

    private WorkflowRun build(Result result, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, SecretLab.job(jenkins, "job", script));
    }

    private Page page(WorkflowRun run, String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        client.setThrowExceptionOnFailingStatusCode(false);
        return (user.isEmpty() ? client : client.login(user)).goTo(run.getUrl() + "argo-registry-secrets/", null);
    }

    @Test
    void shouldShowWhatWasDoneInEachNamespaceAndWhatBecameOfIt() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, lab.block("") + "\n" + lab.step(", cluster: 'prod'"));

        assertThat(((HtmlPage) page(run, "reader")).asNormalizedText())
                .contains("Secret regcred (withArgoRegistrySecret)", "Removed at the end of the block")
                .contains("Secret regcred (argoRegistrySecret)", "For registry.example.com")
                .containsPattern(lab.namespace + "\\s+changed\\s+created\\s+default bound\\s+not verified")
                .contains("Verified")
                .doesNotContain("Proved")
                .contains("Registry Secrets");
        assertThat(run.getAction(SecretsAction.class).headline()).isEqualTo("2 written");
        assertThat(Files.readString(run.getRootDir().toPath().resolve("build.xml")))
                .contains("SecretsAction")
                .doesNotContain(lab.namespace + "\"");
    }

    @Test
    void shouldShowTheRemedyWhereItFailed() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                lab.step(", cluster: 'prod'").replace("serviceAccounts: ['default']", "serviceAccounts: ['nobody']"));

        HtmlPage page = (HtmlPage) page(run, "reader");
        CellLabels.check(page);
        assertThat(page.asNormalizedText()).contains("refused", "ServiceAccount nobody does not exist");
        assertThat(page.getByXPath("//div[contains(@class, 'jenkins-alert-danger')]|//p[contains(@class,"
                        + " 'jenkins-alert-danger')]"))
                .isNotEmpty();
        assertThat(run.getAction(SecretsAction.class).getBadge().getText()).isEqualTo("1");
    }

    @Test
    void shouldReportNothingElse() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, lab.step(", cluster: 'prod'"));

        assertThat(page(run, "").getWebResponse().getStatusCode()).isIn(403, 404);
        String shown = page(run, "reader").getWebResponse().getContentAsString();
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath().resolve("argo-registry-secrets"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown += Files.readString(file);
            }
        }
        assertThat(shown).doesNotContain(SecretLab.CANARY, SecretLab.address());
    }

    @Test
    void shouldShowASentenceWhenTheFileIsGone() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, lab.step(", cluster: 'prod'"));
        Files.delete(run.getRootDir().toPath().resolve("argo-registry-secrets/1.json"));

        assertThat(((HtmlPage) page(run, "reader")).asNormalizedText()).contains("is no longer in the build's folder");
    }
}
