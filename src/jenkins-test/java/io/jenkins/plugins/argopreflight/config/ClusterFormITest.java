package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form of a cluster: its sections, and what is folded. */
@WithJenkins
class ClusterFormITest {

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        ArgoPreflightConfiguration.get().setClusters(List.of(new ClusterConfiguration("prod")));
    }

    private HtmlPage page() throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).goTo("configure");
    }

    private static DomElement cluster(HtmlPage page) {
        return (DomElement) page.getFirstByXPath(
                "//*[contains(@class, 'repeated-chunk')][.//input[@name='_.name' and @value='prod']]");
    }

    private static List<String> fields(DomElement cluster, String condition) {
        return cluster.<DomElement>getByXPath(".//*[starts-with(@name, '_.') and " + condition + "]").stream()
                .map(field -> field.getAttribute("name").substring(2))
                .distinct()
                .toList();
    }

    @Test
    void shouldShowAtFirstWhatHasNoGoodDefault() throws Exception {
        DomElement cluster = cluster(page());

        assertThat(cluster.<DomElement>getByXPath(".//*[contains(@class, 'jenkins-section__title')]"))
                .extracting(DomElement::asNormalizedText)
                .containsExactly("Connection", "Identity");
        assertThat(fields(cluster, "not(ancestor::*[contains(@class, 'advancedBody')])"))
                .containsExactly(
                        "name", "serverUrl", "caCertificate", "namespace", "credentialsId", "tokenServiceAccount");
        assertThat(fields(cluster, "ancestor::*[contains(@class, 'advancedBody')]"))
                .hasSize(15)
                .contains("argoNamespace", "argoServer", "allowedNamespaces", "allowWrites", "skipTlsVerify");
        assertThat(cluster.<DomElement>getByXPath(".//button[contains(@class, 'advanced-button')]"))
                .extracting(DomElement::asNormalizedText)
                .containsExactly("TLS and proxy", "Blocks and kubeconfig", "Argo", "Argo Server", "Limits");
    }

    @Test
    void shouldDescribeListsAsOnePerLine() throws Exception {
        assertThat(page().asXml()).contains("One per line").doesNotContain("One a line");
    }

    @Test
    void shouldRefuseAClusterWithoutAName() throws Exception {
        ArgoPreflightConfiguration.get().setClusters(List.of(new ClusterConfiguration("")));

        assertThatThrownBy(() -> jenkins.configRoundtrip()).hasMessageContaining("400");
    }
}
