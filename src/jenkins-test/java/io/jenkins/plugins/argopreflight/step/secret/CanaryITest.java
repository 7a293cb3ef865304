package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightLab;
import io.jenkins.plugins.argopreflight.testing.Gzip;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.htmlunit.Page;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A password in every form that it may take on its way: nowhere in what Jenkins keeps and shows. */
@NeedsServers(Server.CLUSTER)
@WithJenkins
class CanaryITest {

    private static final String CANARY = "cAn4ry+7Q/2z %&x";
    private static final int DEPTH = 3;
    private static final int PAGES = 400;

    private JenkinsRule jenkins;

    @Test
    void shouldBeNowhereAfterBothStepsPassedAndFailed(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SecretLab lab = new SecretLab();
        lab.configure();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "canary", "", "team", CANARY));
        SystemCredentialsProvider.getInstance().save();
        String secret = lab.step(", cluster: 'prod'").replace("'reg'", "'canary'");
        String preflight = "argoPreflight(workflows: 'workflows/*.yaml', namespace: '" + lab.namespace
                + "', cluster: 'prod', noRegistry: true";
        List<WorkflowRun> runs = List.of(
                run(Result.SUCCESS, "written", secret),
                run(Result.FAILURE, "refused", secret.replace("'default'", "'nobody'")),
                run(Result.SUCCESS, "passed", preflight + ", failOn: 'NEVER', unstableOn: 'NEVER')"),
                run(Result.FAILURE, "failed", preflight + ")"),
                run(
                        Result.SUCCESS,
                        "block",
                        lab.block(preflight + ", failOn: 'NEVER', unstableOn: 'NEVER')")
                                .replace("'reg'", "'canary'")));

        Set<String> forms = forms();
        assertThat(kept(forms)).isEmpty();
        Set<String> open = new LinkedHashSet<>(List.of("manage/configure", "credentials/", "pipeline-syntax/"));
        for (WorkflowRun run : runs) {
            open.add(run.getUrl());
            open.add(run.getParent().getUrl());
            open.add(run.getParent().getUrl() + "configure");
            open.add(run.getUrl() + "consoleText");
            for (String api : List.of("api/json?depth=3", "api/xml?depth=3")) {
                open.add(run.getUrl() + api);
                open.add(run.getParent().getUrl() + api);
            }
        }
        assertThat(shown(open, forms)).isEmpty();
    }

    private WorkflowRun run(Result result, String name, String script) throws Exception {
        return jenkins.buildAndAssertStatus(
                result, SecretLab.job(jenkins, name, PreflightLab.inWorkspace(PreflightLab.BROKEN, script)));
    }

    /** Returns the forms of the secret: as it is, as in a URL, and as in base64 at each position. */
    private static Set<String> forms() {
        String url = URLEncoder.encode(CANARY, StandardCharsets.UTF_8);
        Set<String> forms = new TreeSet<>(Set.of(CANARY, url, url.replace("+", "%20"), CANARY.replace("&", "&amp;")));
        for (String before : List.of("", "x", "xx")) {
            for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                String text =
                        encoder.withoutPadding().encodeToString((before + CANARY).getBytes(StandardCharsets.UTF_8));
                forms.add(text.substring(before.isEmpty() ? 0 : 4, text.length() - 2));
            }
        }
        return forms;
    }

    private List<Path> kept(Set<String> forms) throws IOException {
        List<Path> kept = new ArrayList<>();
        Files.walkFileTree(jenkins.jenkins.getRootDir().toPath(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.toString().contains("/plugins/") && holds(file, forms)) {
                    kept.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Jenkins writes a file under another name first, which is gone by now. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return kept;
    }

    private static boolean holds(Path file, Set<String> forms) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1)
                    + (file.toString().endsWith(".gz") ? Gzip.read(file) : "");
            return forms.stream().anyMatch(text::contains);
        } catch (IOException e) {
            // A file that is gone by now.
            return false;
        }
    }

    /** The pages that hold a form of it, of those that links lead to. */
    private Set<String> shown(Set<String> first, Set<String> forms) throws Exception {
        Set<String> holding = new TreeSet<>();
        Set<String> seen = new LinkedHashSet<>(first);
        Set<String> open = first;
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        client.setThrowExceptionOnFailingStatusCode(false);
        for (int depth = 0; depth < DEPTH && !open.isEmpty(); depth++) {
            Set<String> next = new LinkedHashSet<>();
            for (String url : open) {
                Page page = client.getPage(new URL(jenkins.getURL(), url));
                String text = page.getWebResponse().getContentAsString(StandardCharsets.UTF_8);
                if (forms.stream().anyMatch(text::contains)) {
                    holding.add(url);
                }
                if (page instanceof HtmlPage html) {
                    links(html)
                            .filter(link -> seen.size() < PAGES && seen.add(link))
                            .forEach(next::add);
                }
            }
            open = next;
        }
        assertThat(seen).anyMatch(url -> url.contains("report.json")).anyMatch(url -> url.contains("argo-preflight/"));
        return holding;
    }

    /** Returns the paths of a page's links to jobs and builds of this Jenkins, without fragments. */
    private Stream<String> links(HtmlPage page) throws IOException {
        String root = jenkins.getURL().getPath();
        return page.getAnchors().stream()
                .map(HtmlAnchor::getHrefAttribute)
                .map(link -> link.replaceFirst("#.*", ""))
                .filter(link -> !link.isEmpty() && !link.contains("//") && !link.contains(" "))
                .map(link -> URI.create(page.getUrl().toString()).resolve(link).getPath())
                .filter(path -> path != null && path.startsWith(root + "job/"))
                .map(path -> path.substring(root.length()));
    }
}
