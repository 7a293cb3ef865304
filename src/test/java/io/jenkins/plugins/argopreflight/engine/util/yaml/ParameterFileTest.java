package io.jenkins.plugins.argopreflight.engine.util.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class ParameterFileTest {

    @Test
    void shouldReadEachValueAsArgoSubmitDoes() {
        assertThat(ParameterFile.read("values.yaml", "tag: v1.2\nlevel: 3\nlist: [a, b]\nempty: ''\n"))
                .containsEntry("tag", "v1.2")
                .containsEntry("level", "3")
                .containsEntry("list", "[\"a\",\"b\"]")
                .containsEntry("empty", "")
                .hasSize(4);
        assertThat(ParameterFile.read("values.json", "{\"tag\": \"v1.2\"}")).containsEntry("tag", "v1.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- tag=v1.2", "tag", ""})
    void shouldRefuseWhatIsNoMapping(String text) {
        assertThatThrownBy(() -> ParameterFile.read("values.yaml", text))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining("values.yaml")
                .hasMessageContaining("mapping of names to values");
    }
}
