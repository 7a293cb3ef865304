package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report can have fields that another version wrote. */
@ExtendWith(InRun.class)
class LaterFieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"anything", "missing", "impact", "explanation", "remedy"})
    void shouldIgnoreFieldsThatAreNotOfAFinding(String name) {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ObjectNode other = written.deepCopy();
        ((ObjectNode) other.at("/findings/0")).putObject(name).put("text", "x");

        assertThat(new PreflightJson().tree(new PreflightJson().read(other)))
                .isEqualTo(new PreflightJson().tree(new PreflightJson().read(written)));
    }

    @Test
    void shouldTakeTheCheckForACauseThatIsNull() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        ((ObjectNode) written.at("/findings/0")).putNull("cause");

        assertThat(new PreflightJson().read(written).findings().get(0).cause())
                .isEqualTo(written.at("/findings/0/check").asText());
    }
}
