package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers of an agent on which another program runs than the one that was sent to it. */
class WorkspaceManifestsITest {

    private final WorkspaceManifests manifests = new WorkspaceManifests("workflows", "**");

    @Test
    void shouldTakeWhatOurProgramWouldSend() {
        assertThatCode(() -> manifests.check(Map.of("workflows/a..b.yaml", new byte[10], "größe.yaml", new byte[0])))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/*.conf", "workflows/*.yaml, /etc/*.conf", "../*.yaml", "a/../../*.yaml", "C:\\*.yaml"})
    void shouldRefusePatternsThatLeadOutOfTheWorkspace(String pattern) {
        assertThatThrownBy(() -> new WorkspaceManifests("workflows", pattern).checkPatterns())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("leads out of the workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "workflows/*.yaml", "**/a..b.yaml, x.yaml,"})
    void shouldTakePatternsBelowTheWorkspace(String pattern) {
        assertThatCode(() -> new WorkspaceManifests("workflows", pattern).checkPatterns())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../secret.yaml", "a/../../b.yaml", "..", "a\nb.yaml", "\u001b[2J", ""})
    void shouldRefuseNamesThatAreInNoWorkspace(String name) {
        assertThatThrownBy(() -> manifests.check(Map.of(name, new byte[1])))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("in no workspace");
    }

    @Test
    void shouldRefuseMoreThanItAskedFor() {
        Map<String, byte[]> many = new TreeMap<>();
        for (int i = 0; i <= WorkspaceManifests.MAX_FILES; i++) {
            many.put("f" + i, new byte[0]);
        }
        assertThatThrownBy(() -> manifests.check(many)).hasMessageContaining("more than 1000");
        assertThatThrownBy(() -> manifests.check(Map.of("a", new byte[WorkspaceManifests.MAX_BYTES], "b", new byte[1])))
                .hasMessageContaining("more than 16 MiB");
    }
}
