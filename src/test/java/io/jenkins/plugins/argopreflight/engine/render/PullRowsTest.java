package io.jenkins.plugins.argopreflight.engine.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRowsTest {

    private final PreflightJson json = new PreflightJson();

    /** The conditions are texts in the JSON of a report. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "when: {{x}} == 1              |              | only if when: {{x}} == 1",
                "when: {{x}} == 1              | when: {{y}}  | only if when: {{x}} == 1; and when: {{y}}",
                "when: {{x}} == 'only if only' |              | only if when: {{x}} == 'only if only'",
                "only on failure: depends: a.F |              | only on failure: depends: a.F",
                "only on failure: depends: a.F | when: {{y}}  | only on failure: depends: a.F; and when: {{y}}",
                "when: {{y}} | only on failure: depends: a.F  | only if when: {{y}}; and only on failure: depends: a.F",
            })
    void shouldShowTheConditionsOfStoredPulls(String first, String second, String clause) {
        ObjectNode document = json.tree(Preflights.full());
        ObjectNode pull = (ObjectNode) document.path("pulls").get(0);
        ArrayNode conditions = pull.putArray("conditions").add(first);
        if (second != null) {
            conditions.add(second);
        }
        document.putArray("pulls").add(pull);

        Report report = json.read(document);

        assertThat(PullRows.of(report))
                .extracting(PullRows.Row::accountsAndContainers)
                .isEqualTo(List.of("ci/default (main " + clause + ")"));
        assertThat(json.tree(report).path("pulls").get(0).path("conditions")).isEqualTo(conditions);
    }
}
