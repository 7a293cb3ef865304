package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullSchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"pull", "answer", "credential", "verdict", "strings"})
    void shouldBeTheSameForCheckSyncAndLoginCheck(String definition) throws IOException {
        assertThat(definition("sync.schema.json", definition)).isEqualTo(definition("report.schema.json", definition));
    }

    private static JsonNode definition(String schema, String name) throws IOException {
        return new ObjectMapper()
                .readTree(ProjectRoot.path().resolve("docs").resolve(schema).toFile())
                .required("$defs")
                .required(name);
    }
}
