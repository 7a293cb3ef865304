package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/rbac} says of each file which feature it is for, and of each verb why. */
class RbacFolderTest {

    private static final Pattern VERB = Pattern.compile("^  - [a-z]+\\b|verbs: \\[");

    static List<String> files() {
        return RbacManifests.all();
    }

    @Test
    void shouldListEachFile() throws IOException {
        String readme = Files.readString(RbacManifests.FOLDER.resolve("README.md"));

        assertThat(files())
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> assertThat(readme).contains("[" + file + "](" + file + ")"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSayWhatEachVerbIsFor(String file) throws IOException {
        List<String> silent = new ArrayList<>();
        int verbs = 0;
        for (String line : Files.readAllLines(RbacManifests.FOLDER.resolve(file))) {
            if (VERB.matcher(line).find()) {
                verbs++;
                if (!line.matches(".* {2,}# \\S.*")) {
                    silent.add(line);
                }
            }
        }

        assertThat(silent).isEmpty();
        assertThat(verbs).isEqualTo(new RbacManifests(file).rights().size());
        assertThat(Files.readString(RbacManifests.FOLDER.resolve(file))).startsWith("# ");
    }
}
