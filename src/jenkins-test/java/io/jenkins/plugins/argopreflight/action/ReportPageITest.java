package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsServers(Server.CLUSTER)
@WithJenkins
class ReportPageITest {

    private static final List<String> DOWNLOADS =
            List.of("report.json", "report.junit.xml", "report.sarif", "report.html", "report.md");

    private JenkinsRule jenkins;
    private WorkflowRun run;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        PreflightLab lab = new PreflightLab();
        lab.configure();
        run = jenkins.buildAndAssertStatus(
                Result.FAILURE,
                PreflightLab.job(
                        jenkins, "build", PreflightLab.inWorkspace(PreflightLab.BROKEN, lab.step(", name: 'Images'"))));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader", "owner")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("owner"));
    }

    private JenkinsRule.WebClient as(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        client.setThrowExceptionOnFailingStatusCode(false);
        return user.isEmpty() ? client : client.login(user);
    }

    private String url(String page) {
        return run.getUrl() + "argo-preflight/" + page;
    }

    private String text(JenkinsRule.WebClient client, String page) throws Exception {
        Page got = client.goTo(url(page), null);
        assertThat(got.getWebResponse().getStatusCode()).as(page).isEqualTo(200);
        return got.getWebResponse().getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBeReadableWithoutJavaScript() throws Exception {
        HtmlPage page = as("reader").goTo(url(""));
        CellLabels.check(page);
        assertThat(page.asNormalizedText())
                .contains("Images", "Do this first", "All ", "Image pulls", "nobody")
                .contains("Permissions that the workflow needs");
        assertThat(page.getByXPath("//ol[@class='ap-first']/li")).hasSizeBetween(1, 3);
        assertThat(page.getByXPath("//details//button[contains(@class, 'jenkins-copy-button')]"))
                .isNotEmpty();
        assertThat(page.getByXPath("//*[starts-with(@id, 'f-')]//a[starts-with(@href, 'https://')]"))
                .isNotEmpty();
        assertThat(page.getByXPath("//main//script[not(@src)]|//div[@class='ap-report']//*[@onclick or @style]"))
                .isEmpty();
    }

    @Test
    void shouldBeLinkedFromBuildAndJob() throws Exception {
        JenkinsRule.WebClient client = as("reader");
        assertThat(client.goTo(run.getUrl()).getByXPath("//a[contains(@href, 'argo-preflight')]"))
                .hasSizeGreaterThanOrEqualTo(2);
        HtmlPage job = client.goTo(run.getParent().getUrl());
        assertThat(job.getByXPath("//*[local-name()='svg' and contains(@class, 'ap-chart')]//*[local-name()='rect']"))
                .isNotEmpty();
        assertThat(client.goTo(run.getParent().getUrl() + "argo-preflight/").asNormalizedText())
                .contains("#1", "failed");
    }

    @Test
    void shouldShowWhereTheClusterIsOnlyToWhoConfigures() throws Exception {
        String address = PreflightLab.url().replace("https://", "");
        for (String page : Stream.concat(DOWNLOADS.stream(), Stream.of("", "api/json", "api/xml"))
                .toList()) {
            assertThat(text(as("reader"), page)).as(page).isNotEmpty().doesNotContain(address);
        }
        jenkins.assertLogNotContains(address, run);
        assertThat(text(as("owner"), "")).contains(address);
        assertThat(text(as("owner"), "report.json")).contains(address);
    }

    private static CpsFlowDefinition script(String step) throws Exception {
        return new CpsFlowDefinition(PreflightLab.inWorkspace(PreflightLab.BROKEN, step), true);
    }

    /** The readers are allowed to discover the job of the reference build, or do not see it at all. */
    @Test
    void shouldShowThePageWithoutAReferenceBuildThatTheReaderCannotRead() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        String step = "argoPreflight(workflows: 'workflows/*.yaml', noCluster: true, noRegistry: true, failOn: 'NEVER'";
        WorkflowJob base = team.createProject(WorkflowJob.class, "base");
        base.setDefinition(script(step + ")"));
        WorkflowJob compared = team.createProject(WorkflowJob.class, "compared");
        compared.setDefinition(script(step + ", referenceJob: 'base')"));
        jenkins.buildAndAssertSuccess(base);
        run = jenkins.buildAndAssertSuccess(compared);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.DISCOVER)
                .everywhere()
                .to("discoverer")
                .grant(Item.READ)
                .onItems(team, compared)
                .to("discoverer", "stranger")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));

        assertThat(text(as("reader"), "")).contains("base #1");
        for (String user : List.of("discoverer", "stranger")) {
            for (String page : Stream.concat(DOWNLOADS.stream(), Stream.of("", "api/json", "api/xml"))
                    .toList()) {
                assertThat(text(as(user), page)).as(user + " " + page).doesNotContain("base #1");
            }
            assertThat(as(user).goTo(compared.getUrl() + "argo-preflight/").asNormalizedText())
                    .contains("#1");
        }
    }

    @Test
    void shouldGiveNothingToWhoMayNotReadTheJob() throws Exception {
        for (String page :
                Stream.concat(DOWNLOADS.stream(), Stream.of("", "api/json")).toList()) {
            Page got = as("").goTo(url(page), null);
            assertThat(got.getWebResponse().getStatusCode()).as(page).isIn(403, 404);
            assertThat(got.getWebResponse().getContentAsString()).doesNotContain("nobody");
        }
    }

    @Test
    void shouldOfferTheReportAsFilesThatRunNothing() throws Exception {
        JenkinsRule.WebClient client = as("reader");
        for (String page : DOWNLOADS) {
            Page got = client.goTo(url(page), null);
            assertThat(got.getWebResponse().getResponseHeaderValue("Content-Disposition"))
                    .startsWith("attachment");
            assertThat(got.getWebResponse().getResponseHeaderValue("Content-Security-Policy"))
                    .startsWith("sandbox");
        }
        assertThat(text(client, "report.json")).contains("\"schemaVersion\" : 1", "service-account-missing");
        assertThat(text(client, "api/json")).contains("\"result\":\"failed\"", "service-account-missing");
        assertThat(text(client, "report.junit.xml")).startsWith("<?xml");
    }

    @Test
    void shouldShowASentenceWhenTheFileIsGoneOrCutOff() throws Exception {
        Path file = run.getRootDir().toPath().resolve("argo-preflight/argo-preflight.json.gz");
        byte[] whole = Files.readAllBytes(file);
        jenkins.jenkins.reload();
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(text(as("reader"), "")).contains("it was cut off or changed");
        Files.delete(file);
        assertThat(text(as("reader"), "")).contains("is no longer in the build");
        assertThat(as("reader").goTo(url("report.json"), null).getWebResponse().getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void shouldHoldCountsInBuildXmlAndNoSecretAnywhere() throws Exception {
        String build = Files.readString(run.getRootDir().toPath().resolve("build.xml"));
        assertThat(build)
                .contains("PreflightReportAction", "<schemaVersion>1</schemaVersion>", "<failed>")
                .doesNotContain("service-account-missing");
        String token = PreflightLab.token();
        try (Stream<Path> files = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            List<Path> holding = files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, token))
                    .toList();
            assertThat(holding).isEmpty();
        }
        for (String page : DOWNLOADS) {
            assertThat(text(as("owner"), page)).doesNotContain(token);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.size(file) < 5_000_000 && Gzip.read(file).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
