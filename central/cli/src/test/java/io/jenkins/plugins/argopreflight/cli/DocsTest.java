package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsTest {

    private static final Path DOCS = ProjectRoot.path().resolve("docs/cli.md");

    @Test
    void shouldBeInStepWithTheOptions() throws IOException {
        String wanted = CliDocs.markdown();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS, wanted);
        }
        assertThat(Files.readString(DOCS))
                .as("docs/cli.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }

    @Test
    void shouldShowAPictureThatIsThere() throws IOException {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
        assertThat(Pattern.compile("!\\[[^]]*]\\(([^)]+)\\)")
                        .matcher(readme)
                        .results()
                        .map(found -> found.group(1)))
                .filteredOn(picture -> !picture.startsWith("https://"))
                .isNotEmpty()
                .allSatisfy(picture ->
                        assertThat(ProjectRoot.path().resolve(picture)).exists());
    }

    /** Checks that the README's commands have only options that exist. */
    @Test
    void shouldKeepTheReadmeTrue() throws IOException {
        String readme = Files.readString(ProjectRoot.path().resolve("README.md"));
        String commands = Pattern.compile("(?m)^(?:\\./|argo-)preflight (?:.*\\\\\\n)*.*$")
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .reduce("", (a, b) -> a + "\n" + b);
        assertThat(commands).contains("./preflight demo", "argo-preflight sync", "argo-preflight login-check");
        assertThat(Pattern.compile("--[a-z-]+").matcher(commands).results().map(MatchResult::group))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(CliDocs.markdown()).contains("`" + option));
    }
}
