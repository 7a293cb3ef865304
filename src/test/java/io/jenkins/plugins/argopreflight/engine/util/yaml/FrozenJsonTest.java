package io.jenkins.plugins.argopreflight.engine.util.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class FrozenJsonTest {

    private static final String JSON = "{\"a\":{\"b\":[1,{\"c\":\"d\"},[]]},\"e\":null,\"f\":{},\"g\":\"\"}";

    static Stream<Consumer<ObjectNode>> changes() {
        return Stream.of(
                tree -> tree.put("x", 1),
                tree -> tree.put("g", "new"),
                tree -> tree.set("a", NullNode.getInstance()),
                tree -> tree.replace("a", NullNode.getInstance()),
                tree -> tree.setAll(tree.deepCopy()),
                tree -> tree.putIfAbsent("x", NullNode.getInstance()),
                tree -> tree.putObject("f"),
                tree -> tree.putArray("x"),
                tree -> tree.withObject("/x"),
                tree -> tree.withArray("x"),
                tree -> tree.remove("g"),
                tree -> tree.remove(List.of("g")),
                tree -> tree.retain("g"),
                ObjectNode::removeAll,
                tree -> tree.properties().iterator().next().setValue(TextNode.valueOf("new")),
                tree -> tree.properties().clear(),
                tree -> tree.withObject("/a").put("x", 1),
                tree -> tree.withObject("/f").put("x", 1),
                tree -> list(tree).add(2),
                tree -> list(tree).addObject(),
                tree -> list(tree).insert(0, 2),
                tree -> list(tree).set(0, 2),
                tree -> list(tree).remove(0),
                tree -> list(tree).removeAll(),
                tree -> ((ArrayNode) list(tree).get(2)).add(2),
                tree -> ((ObjectNode) list(tree).get(1)).remove("c"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldRefuseEachChange(Consumer<ObjectNode> change) throws Exception {
        for (ObjectNode frozen : List.of(FrozenJson.of(tree()), new CompactJson().of(tree()))) {
            assertThatThrownBy(() -> change.accept(frozen)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(frozen).hasToString(JSON);
        }
    }

    @Test
    void shouldBeEqualToWhatItIsMadeOf() throws Exception {
        ObjectNode tree = tree();
        ObjectNode frozen = FrozenJson.of(tree);
        tree.put("x", 1);
        assertThat(frozen).isEqualTo(tree()).hasSameHashCodeAs(tree()).hasToString(JSON);
        assertThat(FrozenJson.of(frozen)).isSameAs(frozen);
        assertThat(FrozenJson.value(frozen.path("a").path("b")))
                .isSameAs(frozen.path("a").path("b"));
    }

    @Test
    void shouldGiveCopiesThatCanBeChanged() throws Exception {
        ObjectNode copy = FrozenJson.of(tree()).deepCopy();
        copy.withObject("/a").putObject("x").put("y", 1);
        list(copy).addObject().put("z", 2);
        assertThat(copy.path("a").path("x").path("y").asInt()).isEqualTo(1);
        assertThat(list(copy).get(3).path("z").asInt()).isEqualTo(2);
    }

    @Test
    void shouldRecognizeFrozenTrees() throws Exception {
        assertThat(FrozenJson.isFrozen(FrozenJson.of(tree()))).isTrue();
        assertThat(FrozenJson.isFrozen(new CompactJson().of(tree()).path("a").path("b")))
                .isTrue();
        assertThat(FrozenJson.isFrozen(NullNode.getInstance())).isTrue();
        assertThat(FrozenJson.isFrozen(tree())).isFalse();
        assertThat(FrozenJson.isFrozen(list(tree()))).isFalse();
        assertThat(FrozenJson.isFrozen(FrozenJson.of(tree()).deepCopy())).isFalse();
    }

    @Test
    void shouldKeepDuplicatesOfNamesApartFromTheirHashes() {
        ObjectNode tree = new JsonMapper().createObjectNode();
        Map.of("Aa", 1, "BB", 2).forEach(tree::put);
        ObjectNode frozen = FrozenJson.of(tree);
        assertThat(frozen.path("Aa").asInt()).isEqualTo(1);
        assertThat(frozen.path("BB").asInt()).isEqualTo(2);
        assertThat(frozen.get("C#")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 17, 500})
    void shouldFindTheFirstElementOfAName(int count) {
        ArrayNode list = new JsonMapper().createArrayNode().add("no object");
        for (int i = 0; i < count; i++) {
            list.addObject().put("name", "n" + i / 2).put("index", i);
        }
        JsonNode frozen = FrozenJson.value(list);
        assertThat(FrozenJson.named(frozen, "n1").path("index").asInt()).isEqualTo(2);
        assertThat(FrozenJson.named(frozen, "other").isMissingNode()).isTrue();
        assertThat(FrozenJson.named(frozen.path(0), "n1").isMissingNode()).isTrue();
    }

    private static ArrayNode list(JsonNode tree) {
        return (ArrayNode) tree.path("a").path("b");
    }

    private static ObjectNode tree() throws Exception {
        return (ObjectNode) new JsonMapper().readTree(JSON);
    }
}
