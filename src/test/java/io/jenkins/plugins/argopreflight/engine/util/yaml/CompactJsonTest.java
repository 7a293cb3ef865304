package io.jenkins.plugins.argopreflight.engine.util.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class CompactJsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final CompactJson compact = new CompactJson();

    private static ObjectNode read(String json) throws Exception {
        return (ObjectNode) MAPPER.readTree(json);
    }

    private static String labels(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "\"label-" + i + "\":\"" + i + "\"")
                .collect(Collectors.joining(",", "{\"labels\":{", "}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[],\"b\":{},\"c\":null,\"d\":1.5,\"e\":true}",
                "{\"z\":{\"y\":[1,\"x\",{\"w\":\"ü\"}]},\"a\":{\"y\":[1,\"x\",{\"w\":\"ü\"}]}}"
            })
    void shouldBeTheSameTree(String json) throws Exception {
        ObjectNode tree = read(json);
        ObjectNode copy = compact.of(tree);
        assertThat(copy).isEqualTo(tree).hasToString(json);
        assertThat(tree).isEqualTo(copy);
        assertThat(copy.hashCode()).isEqualTo(tree.hashCode());
        assertThat(copy.deepCopy().put("more", 1).path("more").asInt()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 300})
    void shouldFindEachField(int number) throws Exception {
        JsonNode copy = compact.of(read(labels(number))).path("labels");
        assertThat(copy).hasToString(read(labels(number)).path("labels").toString());
        for (int i = 0; i < number; i++) {
            assertThat(copy.path("label-" + i).asText()).isEqualTo(Integer.toString(i));
        }
        assertThat(copy.has("label-" + number)).isFalse();
        assertThat(copy.get("label")).isNull();
        assertThat(copy.size()).isEqualTo(number);
    }

    @Test
    void shouldTellNamesOfTheSameHashApart() throws Exception {
        JsonNode copy = compact.of(read("{\"Aa\":1,\"BB\":2}"));
        assertThat(copy.path("Aa").asInt()).isEqualTo(1);
        assertThat(copy.path("BB").asInt()).isEqualTo(2);
        assertThat(copy.has("C#")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void shouldNotChange(int number) throws Exception {
        ObjectNode copy = compact.of(read(labels(number)));
        ObjectNode labels = (ObjectNode) copy.get("labels");
        assertThatThrownBy(() -> labels.put("other", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> labels.remove("label-0")).isInstanceOf(UnsupportedOperationException.class);
        Map.Entry<String, JsonNode> field = labels.properties().iterator().next();
        assertThatThrownBy(() -> field.setValue(copy)).isInstanceOf(UnsupportedOperationException.class);
        ObjectNode list = compact.of(read("{\"a\":[1]}"));
        assertThatThrownBy(() -> list.withArray("a").add(2)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldMakeEqualPartsOne() throws Exception {
        ObjectNode one = compact.of(read("{\"env\":[{\"name\":\"A\",\"value\":\"b\"}],\"own\":1}"));
        ObjectNode other = compact.of(read("{\"env\":[{\"name\":\"A\",\"value\":\"b\"}],\"own\":2}"));
        assertThat(other.get("env")).isSameAs(one.get("env"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "{\"x\":%s}", "{\"x\":[1,%s]}"})
    void shouldKeepTheOrderOfFields(String around) throws Exception {
        compact.of(read(around.formatted("{\"a\":1,\"b\":2}")));
        String other = around.formatted("{\"b\":2,\"a\":1}");
        assertThat(compact.of(read(other))).hasToString(other);
    }

    @Test
    void shouldKeepNumbersAsTheyAreWritten() throws Exception {
        JsonMapper exact = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        for (String number : List.of("{\"a\":1.0}", "{\"a\":1.00}", "{\"a\":1}")) {
            assertThat(compact.of((ObjectNode) exact.readTree(number))).hasToString(number);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void shouldRemoveNothingThatIsNotThere(int number) throws Exception {
        ObjectNode labels = (ObjectNode) compact.of(read(labels(number))).get("labels");
        assertThat(labels.remove("absent")).isNull();
    }

    @Test
    void shouldCountWhatWasNotThereBefore() throws Exception {
        List<Long> bytes = new ArrayList<>();
        String long1 = "x".repeat(1_000);
        compact.of(read("{\"a\":\"" + long1 + "\"}"), bytes::add);
        compact.of(read("{\"a\":\"" + long1 + "\"}"), bytes::add);
        compact.of(read("{\"a\":\"" + long1 + "\",\"b\":1}"), bytes::add);
        assertThat(bytes.get(0)).isBetween(1_000L, 1_300L);
        assertThat(bytes.get(1)).isZero();
        assertThat(bytes.get(2)).isBetween(1L, 300L);
        compact.of(read("{\"a\":\"" + "я".repeat(1_000) + "\"}"), bytes::add);
        assertThat(bytes.get(3)).isBetween(2_000L, 2_300L);
        compact.of(read(labels(300)), bytes::add);
        assertThat(bytes.get(4)).isGreaterThan(300L * 64);
    }
}
