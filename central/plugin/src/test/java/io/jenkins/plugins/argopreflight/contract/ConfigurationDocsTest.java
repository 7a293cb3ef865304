package io.jenkins.plugins.argopreflight.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.config.FolderConfiguration;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.RegistryDefaults;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md}: the tables of keys are written from the classes, and its example has each key. */
class ConfigurationDocsTest {

    private static final Path PAGE = ProjectRoot.path().resolve("docs/configuration.md");
    private static final String BEGIN =
            "<!-- Written from the classes and their help; change those, then run the tests with -Ddocs.write=true. -->\n";
    private static final String END = "<!-- End of what is written. -->\n";

    private static Map<String, Form> forms() {
        Map<String, Form> forms = new LinkedHashMap<>();
        forms.put("Jenkins: `unclassified.argoPreflight`", new Form(ArgoPreflightConfiguration.class));
        forms.put("A cluster: each of `clusters`", new Form(ClusterConfiguration.class));
        forms.put("Registries: `registries`", new Form(RegistryDefaults.class));
        forms.put("A suppression: each of `ignores`", new Form(IgnoredCheck.class));
        forms.put("A folder: its property `argoPreflight`", new Form(FolderConfiguration.class));
        return forms;
    }

    @Test
    void shouldListEachKey() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + "\n" + StepDocs.keys(forms()) + "\n"
                + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, wanted);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/configuration.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }

    /** The first example is pasted: it is the cluster of the README, and changes no other jobs. */
    @Test
    void shouldBeginWithTheExampleOfTheReadme() throws IOException {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
        JsonNode first = yaml(Files.readString(PAGE));

        assertThat(first).isEqualTo(yaml(readme.substring(readme.indexOf("**Configure the cluster**"))));
        assertThat(keys(first.at("/unclassified/argoPreflight"))).containsExactly("clusters");
    }

    /** Returns the first YAML of a text, which can be indented. */
    private static JsonNode yaml(String text) throws IOException {
        String block = text.substring(text.indexOf("```yaml\n") + 8);
        return new YAMLMapper()
                .readTree(block.substring(0, block.indexOf("```")).stripIndent());
    }

    @Test
    void shouldHaveEachKeyInTheExample() throws IOException {
        String page = Files.readString(PAGE);
        String example = page.substring(page.indexOf("\n## A complete example\n"));
        JsonNode jenkins = yaml(example).at("/unclassified/argoPreflight");

        assertThat(keys(jenkins)).isEqualTo(keys(ArgoPreflightConfiguration.class));
        assertThat(keys(jenkins.path("registries"))).isEqualTo(keys(RegistryDefaults.class));
        assertThat(keys(jenkins.at("/ignores/0"))).isEqualTo(keys(IgnoredCheck.class));
        Set<String> ofClusters = new TreeSet<>();
        jenkins.path("clusters").forEach(cluster -> ofClusters.addAll(keys(cluster)));
        assertThat(ofClusters).isEqualTo(keys(ClusterConfiguration.class));
        assertThat(keys(FolderConfiguration.class)).isSubsetOf(keys(ArgoPreflightConfiguration.class));
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Set<String> keys(Class<?> type) {
        return Stream.of(new Form(type))
                .flatMap(form -> form.own().keySet().stream())
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
}
