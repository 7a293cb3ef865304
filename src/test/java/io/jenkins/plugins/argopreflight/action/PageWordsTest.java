package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sentences of the pages with a number, which can be one. */
class PageWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PreflightReportAction/verdict | all | Its details | All 2 findings",
                "PreflightReportAction/verdict | requests | 1 request to the cluster, 0 to registries"
                        + " | 2 requests to the cluster, 0 to registries",
                "PreflightReportAction/rights | granted | 1 right that is granted | 2 rights that are granted",
                "PreflightReportAction/rights | unknown | 1 right that could not be checked"
                        + " | 2 rights that could not be checked",
                "WorkflowsAction/workflows | more | 1 more node is not shown. | 2 more nodes are not shown.",
                "BuildTab/command | more | 1 more line | 2 more lines",
            })
    void shouldHaveASingular(String page, String key, String one, String two) throws IOException {
        Properties words = new Properties();
        Path file = ProjectRoot.path()
                .resolve("src/main/resources/io/jenkins/plugins/argopreflight/action")
                .resolve(page + ".properties");
        try (InputStream in = Files.newInputStream(file)) {
            words.load(in);
        }
        assertThat(MessageFormat.format(words.getProperty(key), 1, 0)).isEqualTo(one);
        assertThat(MessageFormat.format(words.getProperty(key), 2, 0)).isEqualTo(two);
    }
}
