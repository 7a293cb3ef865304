package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.Page;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlFormUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class WrongLimitITest {

    private WebClient web;

    @BeforeEach
    void configure(JenkinsRule jenkins) {
        ArgoPreflightConfiguration configuration = ArgoPreflightConfiguration.get();
        configuration.setClusters(List.of(new ClusterConfiguration("prod")));
        configuration.setIgnores(List.of(new IgnoredCheck("host-path")));
        configuration.setFailOn("WARN");
        web = jenkins.createWebClient();
    }

    @Test
    void shouldChangeNothing() throws Exception {
        web.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = web.goTo("configure").getFormByName("config");
        form.getTextAreaByName("_.limits").setText("NO_SUCH_LIMIT=1");

        Page answer = HtmlFormUtil.submit(form);

        assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(400);
        assertThat(answer.getWebResponse().getContentAsString()).contains("NO_SUCH_LIMIT");
        ArgoPreflightConfiguration configuration = ArgoPreflightConfiguration.get();
        assertThat(configuration.getClusters())
                .extracting(ClusterConfiguration::getName)
                .containsExactly("prod");
        assertThat(configuration.getIgnores()).extracting(IgnoredCheck::getId).containsExactly("host-path");
        assertThat(configuration.getLimits()).isEmpty();
    }

    @Test
    void shouldEmptyTheListsThatTheFormLeavesOut() throws Exception {
        HtmlForm form = web.goTo("configure").getFormByName("config");
        form.querySelectorAll(".repeated-chunk[name=clusters], .repeated-chunk[name=ignores]")
                .forEach(DomNode::remove);

        HtmlFormUtil.submit(form);

        ArgoPreflightConfiguration configuration = ArgoPreflightConfiguration.get();
        assertThat(configuration.getClusters()).isEmpty();
        assertThat(configuration.getIgnores()).isEmpty();
        assertThat(configuration.getFailOn()).isEqualTo("WARN");
    }
}
