package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ScriptedServer.Answer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The objects that gateways return: they cannot be changed, since threads and runs share them. */
@ExtendWith(InRun.class)
class FrozenAnswersTest {

    private static final Resource KIND = Resource.CONFIG_MAPS;
    private static final String OBJECT = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\","
            + "\"metadata\":{\"name\":\"map\",\"namespace\":\"ci\",\"finalizers\":[\"a/b\"]},\"data\":{\"a\":\"b\"}}";
    private static final String NODE = "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"one\"}}";

    @TempDir
    private Path folder;

    private final List<ObjectNode> heard = new ArrayList<>();

    @Test
    void shouldReturnFrozenObjectsOfAServer() throws IOException {
        String list = "{\"kind\":\"ConfigMapList\",\"items\":[" + OBJECT + "]}";
        assertFrozen(ask(list, gateway -> gateway.list(KIND, "ci", "", "").get(0)));
        assertFrozen(ask(OBJECT, gateway -> gateway.get(KIND, "ci", "map").orElseThrow()));
        assertFrozen(ask(OBJECT, gateway -> gateway.create(KIND, tree(), WriteMode.DRY_RUN)));
        assertFrozen(ask(OBJECT, gateway -> gateway.replace(KIND, tree(), WriteMode.REAL)));
        assertFrozen(ask(OBJECT, gateway -> {
            try (LiveCluster live = gateway.live().orElseThrow()) {
                return live.patch(KIND, "ci", "map", tree());
            }
        }));
    }

    private ObjectNode ask(String answer, Function<ClusterGateway, ObjectNode> question) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, answer));
                Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder))) {
            return question.apply(gateway);
        }
    }

    @Test
    void shouldReturnFrozenObjectsOfASnapshot() throws IOException {
        Files.writeString(folder.resolve("a.json"), OBJECT);
        Files.writeString(folder.resolve("b.json"), NODE);
        SnapshotGateway gateway = SnapshotGateway.open(folder, (pod, cluster) -> {});
        assertFrozen(gateway.get(KIND, "ci", "map").orElseThrow());
        assertFrozen(gateway.get(Resource.NODES, "", "one").orElseThrow());
        gateway.each(Resource.NODES, "", "", "", FrozenAnswersTest::assertFrozen);
        assertFrozen(gateway.create(Resource.PODS, tree(), WriteMode.DRY_RUN));
    }

    @Test
    void shouldReturnFrozenObjectsOfTheClusterInMemory() {
        MemoryCluster cluster = MemoryCluster.of(NODE);
        try (LiveCluster live = cluster.live().orElseThrow()) {
            String start = live.version(KIND, "ci", "");
            ObjectNode own = tree();
            cluster.load("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"ci\"}}");
            live.watch(KIND, "ci", "", start, listener());
            assertFrozen(cluster.create(KIND, own, WriteMode.REAL));
            assertThat(FrozenJson.isFrozen(own)).isFalse();
            ObjectNode stored = cluster.get(KIND, "ci", "map").orElseThrow();
            assertFrozen(stored);
            assertFrozen(cluster.list(Resource.NODES, "", "", "").get(0));
            ObjectNode changed = stored.deepCopy();
            changed.withObject("/data").put("a", "c");
            assertFrozen(cluster.replace(KIND, changed, WriteMode.REAL));
            assertFrozen(live.patch(KIND, "ci", "map", KubeObjects.of(KIND, "ci", "map")));
            Resource reviews = Resource.SELF_SUBJECT_REVIEWS;
            assertFrozen(cluster.create(reviews, KubeObjects.of(reviews, "", ""), WriteMode.REAL));
            cluster.delete(KIND, "ci", "map", "", "", WriteMode.REAL);
            assertThat(heard).hasSize(4).allSatisfy(FrozenAnswersTest::assertFrozen);
        }
    }

    private WatchListener listener() {
        return new WatchListener() {
            @Override
            public void changed(Change change, ObjectNode object) {
                heard.add(object);
            }

            @Override
            public void ended(Optional<ClusterException> failure) {
                assertThat(failure).isEmpty();
            }
        };
    }

    private static void assertFrozen(JsonNode tree) {
        assertThat(FrozenJson.isFrozen(tree)).as(tree.toString()).isTrue();
        tree.forEach(FrozenAnswersTest::assertFrozen);
    }

    private static ObjectNode tree() {
        try {
            return (ObjectNode) new JsonMapper().readTree(OBJECT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
