package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.step.secret.RegistryLogin;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms that no one has filled in yet: no error, and the Snippet Generator shows what is required. */
@WithJenkins
class UntouchedFormITest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void setUp(JenkinsRule rule) {
        jenkins = rule;
    }

    private static String post(String path, String field, String value) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair(field, value)));
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString();
    }

    @Test
    void shouldShowNoErrorBeforeAnyInput() throws Exception {
        List<Descriptor<?>> forms = new ArrayList<>();
        StepDescriptor.all().stream()
                .filter(ClusterStepDescriptor.class::isInstance)
                .forEach(forms::add);
        forms.add(jenkins.jenkins.getDescriptorOrDie(ClusterConfiguration.class));
        forms.add(jenkins.jenkins.getDescriptorOrDie(IgnoredCheck.class));
        forms.add(jenkins.jenkins.getDescriptorOrDie(RegistryLogin.class));
        int asked = 0;
        for (Descriptor<?> form : forms) {
            for (Method check : form.getClass().getMethods()) {
                if (check.getName().startsWith("doCheck")) {
                    String path = "descriptorByName/" + form.getId() + "/c"
                            + check.getName().substring(3);
                    assertThat(post(path, "value", "")).as(path).doesNotContain("error", "warning");
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "argoPreflight|argoPreflight has nothing to check: add workflows: 'workflows/*.yaml'",
                "argoSubmit|argoSubmit submits one workflow: give it one of file: 'workflow.yaml'",
                "argoDiagnose|argoDiagnose looks at one workflow: give it workflow: 'NAME'",
                "argoRegistrySecret|The step has no name: add the name of the Secret, such as name: 'regcred'",
                "withArgoRegistrySecret|The step has no name: add the name of the Secret, such as name: 'regcred'"
            })
    void shouldShowWhatIsRequiredInTheSnippetGenerator(String step, String sentence) throws Exception {
        assertThat(generated(step, "{}")).startsWith(sentence);
    }

    @Test
    void shouldRequireARegistryWithCredentials() throws Exception {
        String sentence = "The step has no registries with credentials: add registries: [[url: ";
        assertThat(generated("argoRegistrySecret", "{name: 'regcred'}")).startsWith(sentence);
        assertThat(generated("argoRegistrySecret", "{name: 'regcred', registries: {url: '', credentialsId: ''}}"))
                .startsWith(sentence);
        assertThat(generated(
                        "argoRegistrySecret",
                        "{name: 'regcred', registries: {url: 'docker.io', credentialsId: 'hub'}}"))
                .startsWith("argoRegistrySecret name: 'regcred', registries: [registryLogin(");
    }

    @Test
    void shouldGenerateABlockForTheDefaultCluster() throws Exception {
        assertThat(generated("withArgoCluster", "{cluster: ''}")).startsWith("withArgoCluster('')");
    }

    private static String generated(String step, String form) throws Exception {
        JSONObject json = JSONObject.fromObject(form);
        String type = StepDescriptor.byFunctionName(step).clazz.getName();
        json.put("stapler-class", type);
        json.put("$class", type);
        return post(Snippetizer.GENERATE_URL, "json", json.toString());
    }
}
