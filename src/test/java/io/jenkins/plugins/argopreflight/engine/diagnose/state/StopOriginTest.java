package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopOriginTest {

    private static final String OURS =
            "\"f:metadata\": {\"f:annotations\": {\"f:argo-preflight.jenkins.io/stopped-by\": {}}},";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "our own Stop          | Build a#1 | fabric8 01 ours               | Build a#1",
                "a snapshot            | Build a#1 | -                             | Build a#1",
                "argo stop             | -         | argo 01                       | Field manager argo",
                "ours, then argo's     | Build a#1 | fabric8 01 ours, argo 02      | Field manager argo",
                "argo's, then ours     | Build a#1 | argo 01, fabric8 02 ours      | Build a#1",
                "nothing that says it  | -         | -                             | A user or a program"
            })
    void shouldNameTheLastOneThatSetTheField(String name, String annotation, String managers, String origin)
            throws IOException {
        StringBuilder fields = new StringBuilder();
        for (String manager : managers.equals("-") ? new String[0] : managers.split(", ")) {
            String[] words = manager.split(" ");
            fields.append(fields.isEmpty() ? "" : ",")
                    .append("{\"manager\": \"" + words[0] + "\", \"time\": \"2026-11-26T12:00:" + words[1]
                            + "Z\", \"fieldsV1\": {" + (words.length > 2 ? OURS : "")
                            + "\"f:spec\": {\"f:shutdown\": {}}}}");
        }
        JsonNode workflow = new ObjectMapper()
                .readTree("{\"metadata\": {\"managedFields\": [" + fields + "], \"annotations\": {"
                        + (annotation.equals("-") ? "" : "\"" + StopOrigin.ANNOTATION + "\": \"" + annotation + "\"")
                        + "}}}");
        assertThat(StopOrigin.of(workflow)).as(name).isEqualTo(origin);
    }
}
