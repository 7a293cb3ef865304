package io.jenkins.plugins.argopreflight.engine.util.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTextsTest {

    private static final String TREE = "{'a':'x','b':[1,'x',{'c':'x','kind':'x'}],'kind':'x','d':null}";

    private static JsonNode tree(String text) throws Exception {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void shouldReplaceTextsInPlace() throws Exception {
        JsonNode tree = tree(TREE);
        assertThat(JsonTexts.replace(tree, text -> "y")).isSameAs(tree);
        assertThat(tree).isEqualTo(tree("{'a':'y','b':[1,'y',{'c':'y','kind':'y'}],'kind':'y','d':null}"));
    }

    @Test
    void shouldLeaveFixedFieldsAtAnyDepth() throws Exception {
        assertThat(JsonTexts.replace(tree(TREE), Set.of("kind"), text -> "y"))
                .isEqualTo(tree("{'a':'y','b':[1,'y',{'c':'y','kind':'x'}],'kind':'x','d':null}"));
    }
}
