package io.jenkins.plugins.argopreflight.engine.check.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Our data on the controller's settings against what was extracted from all its releases. */
class SettingsDataTest {

    private static final Path EXTRACTED =
            Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/argo/settings.txt");

    @Test
    void shouldHoldEverySettingAndWhenItCameAndWent() throws IOException {
        Map<String, String> known = new TreeMap<>();
        Map<String, String> gone = new TreeMap<>();
        for (String line : Files.readAllLines(EXTRACTED)) {
            String[] words = line.split(" ");
            if (line.startsWith("#")) {
                continue;
            }
            if (words[2].equals("-")) {
                known.put(words[0], words[1].matches("v3\\.([0-3]\\..*|4\\.0)") ? "" : version(words[1]));
            } else {
                gone.put(words[0], version(words[2]));
            }
        }
        assertThat(known).hasSizeGreaterThan(25);
        assertThat(ControllerSetting.settings()).isEqualTo(known);
        assertThat(RemovedSetting.firstVersionsWithout()).isEqualTo(gone);
    }

    private static String version(String release) {
        return release.replaceFirst("^v", "").replaceFirst("\\.0$", "");
    }
}
