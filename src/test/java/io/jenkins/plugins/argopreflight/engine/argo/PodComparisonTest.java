package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodComparisonTest {

    private static ObjectNode spec(String... names) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        ArrayNode containers = spec.putArray("initContainers");
        List.of(names).forEach(name -> containers.addObject().put("name", name));
        return spec;
    }

    @Test
    void shouldTakeTheContainersOfArtifactPluginsInAnyOrder() {
        ObjectNode one = spec("init", "init-artifact-tool", "init-artifact-other");
        PodComparison.orderPlugins(one);
        assertThat(one).isEqualTo(spec("init", "init-artifact-other", "init-artifact-tool"));
    }

    @Test
    void shouldLeaveAllOtherContainersWhereTheyAre() {
        ObjectNode one = spec("prepare", "init-artifact-b", "init", "init-artifact-a");
        PodComparison.orderPlugins(one);
        assertThat(one).isEqualTo(spec("prepare", "init-artifact-a", "init", "init-artifact-b"));
    }
}
