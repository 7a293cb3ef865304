package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LimitedLiveTest {

    private final Recording recording = new Recording();

    /** Answers everything and records what it was asked. */
    private static final class Recording implements LiveCluster {

        private final List<String> asked = new ArrayList<>();

        @Override
        public String connectionKey() {
            return "identity";
        }

        @Override
        public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
            asked.add("get " + namespace);
            return Optional.empty();
        }

        @Override
        public String version(Resource resource, String namespace, String labelSelector) {
            asked.add("version " + namespace);
            return "1";
        }

        @Override
        public ObjectNode patch(Resource resource, String namespace, String name, JsonNode mergePatch) {
            asked.add("patch " + namespace);
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public Subscription watch(
                Resource resource, String namespace, String labelSelector, String version, WatchListener listener) {
            asked.add("watch " + namespace);
            return () -> {};
        }

        @Override
        public Subscription log(LogQuery query, LogListener listener) {
            asked.add("log " + query.namespace());
            return () -> {};
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }

    static Stream<Arguments> waysToNameANamespace() {
        return Stream.of(
                way("get", (live, namespace) -> live.get(Resource.WORKFLOWS, namespace, "x")),
                way("version", (live, namespace) -> live.version(Resource.WORKFLOWS, namespace, "")),
                way("patch", (live, namespace) -> live.patch(Resource.WORKFLOWS, namespace, "x", null)),
                way("watch", (live, namespace) -> live.watch(Resource.WORKFLOWS, namespace, "", "1", null)),
                way(
                        "log",
                        (live, namespace) -> live.log(
                                new LiveCluster.LogQuery(namespace, "pod", "main", Optional.empty(), true, 1), null)));
    }

    private static Arguments way(String name, BiConsumer<LiveCluster, String> way) {
        return arguments(name, way);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysToNameANamespace")
    void shouldRefuseANamespaceThatIsNotAllowed(String name, BiConsumer<LiveCluster, String> way) {
        LiveCluster limited = within(true, "ci", "ci-*");
        for (String namespace : List.of("argo", "kube-system", "CI", "ci-", "ci-a/../kube-system", "ci-a%2f..", "")) {
            assertRefused(() -> way.accept(limited, namespace), "not in allowedNamespaces of cluster \"prod\"");
        }
        assertThat(recording.asked).isEmpty();

        way.accept(limited, "ci");
        way.accept(limited, "ci-team");

        assertThat(recording.asked).containsExactly(name + " ci", name + " ci-team");
    }

    /** Stopping or terminating a workflow is a write. */
    @Test
    void shouldChangeNothingWithoutAllowWrites() {
        for (LiveCluster limited : List.of(within(false), within(false, "ci"))) {
            assertRefused(
                    () -> limited.patch(Resource.WORKFLOWS, "ci", "x", null),
                    "cluster \"prod\" allows no writes (allowWrites)");
            limited.get(Resource.WORKFLOWS, "ci", "x");
        }
        assertThat(recording.asked).containsExactly("get ci", "get ci");
    }

    @Test
    void shouldNotWatchAllNamespacesWhereSomeAreAllowed() {
        assertRefused(
                () -> within(true, "*").watch(Resource.WORKFLOWS, "", "", "1", null),
                "workflows.argoproj.io of all namespaces are not in allowedNamespaces");
        assertRefused(
                () -> within(true, "*").get(Resource.CLUSTER_WORKFLOW_TEMPLATES, "", "x"),
                "clusterworkflowtemplates.argoproj.io of all namespaces");
    }

    private LiveCluster within(boolean allowWrites, String... namespaces) {
        return new LimitedLive(
                recording, new AccessLimits("cluster \"prod\"", List.of(namespaces), "argo", allowWrites));
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable request, String reason) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_ALLOWED))
                .hasMessageContaining(reason);
    }
}
