package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.LogQuery;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ScriptedServer.Answer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveClusterTest {

    private static final String EVENT =
            "{\"type\":\"%s\",\"object\":{\"kind\":\"Workflow\",\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"8\"}}}\n";

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @Test
    void shouldReportEachLineOfAWatch() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                        Answer.of(200, EVENT.formatted("ADDED", "a") + EVENT.formatted("BOOKMARK", "")));
                LiveCluster live = live(server)) {
            live.watch(Resource.WORKFLOWS, "ci", "completed!=true", "7", new Words());

            assertThat(next()).isEqualTo("ADDED a");
            assertThat(next()).isEqualTo("BOOKMARK ");
            assertThat(next()).isEqualTo("ended");
            assertThat(server.requests.get(0))
                    .matches("GET /apis/argoproj.io/v1alpha1/namespaces/ci/workflows\\?watch=true"
                            + "&allowWatchBookmarks=true&timeoutSeconds=\\d+&resourceVersion=7"
                            + "&labelSelector=completed%21%3Dtrue");
        }
    }

    /** The request before a watch leaves no second connection. */
    @Test
    void shouldKeepOneConnectionForAWatch() throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        String item = "{\"kind\":\"Workflow\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"7\"}}";
        try (Loopback server = new Loopback(exchange -> {
                    ports.add(exchange.getRemoteAddress().getPort());
                    boolean watch = exchange.getRequestURI().getQuery() != null
                            && exchange.getRequestURI().getQuery().startsWith("watch=true");
                    Loopback.answer(exchange, 200, Map.of(), watch ? EVENT.formatted("ADDED", "a") : item);
                });
                ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(ClusterEndpoint.of(
                        "test", server.url().toString(), new Trust("", false, ""), ClusterLogin.anonymous())));
                LiveCluster live = gateway.live().orElseThrow()) {
            assertThat(live.version(Resource.WORKFLOWS, "ci", "")).isEqualTo("7");
            assertThat(live.get(Resource.WORKFLOWS, "ci", "a")).isPresent();
            live.watch(Resource.WORKFLOWS, "ci", "", "7", new Words());

            assertThat(next()).isEqualTo("ADDED a");
            assertThat(server.seen()).hasSize(3);
            assertThat(ports).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"410, EXPIRED", "403, FORBIDDEN", "401, UNAUTHORIZED", "503, SERVER_ERROR", "0, UNREACHABLE"})
    void shouldEndWithTheServersRefusal(int code, String kind) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Answer.status(code, "Reason", "the server says no"));
                LiveCluster live = live(server)) {
            live.watch(Resource.WORKFLOWS, "ci", "", "7", new Words());

            assertThat(next()).isEqualTo("ended " + kind);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void shouldEndWithAnErrorWithinTheStream() throws Exception {
        String gone = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}}\n";
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, gone));
                LiveCluster live = live(server)) {
            live.watch(Resource.WORKFLOWS, "ci", "", "7", new Words());

            assertThat(next()).isEqualTo("ended EXPIRED");
        }
    }

    @Test
    void shouldReadNoObjectThatIsLargerThanTheLimit() throws Exception {
        String large = "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"" + "a".repeat(70_000) + "\"}}}\n";
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, large));
                ClusterGateway gateway =
                        Fabric8Gateway.connect(server.connection(folder), new ReadLimits(60_000, 1, 10, 1 << 20));
                LiveCluster live = gateway.live().orElseThrow()) {
            live.watch(Resource.WORKFLOWS, "ci", "", "7", new Words());

            assertThat(next()).isEqualTo("ended TOO_LARGE");
        }
    }

    @Test
    void shouldReadALogLineByLine() throws Exception {
        String text = "2026-01-01T00:00:00.000000001Z one\n2026-01-01T00:00:00.000000002Z two";
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, text));
                LiveCluster live = live(server)) {
            Instant since = Instant.parse("2026-01-01T00:00:00Z");
            live.log(new LogQuery("ci", "pod-1", "main", Optional.of(since), true, 1000), new Words());

            assertThat(List.of(next(), next(), next()))
                    .containsExactly(
                            "2026-01-01T00:00:00.000000001Z one", "2026-01-01T00:00:00.000000002Z two", "ended");
            assertThat(server.requests)
                    .containsExactly("GET /api/v1/namespaces/ci/pods/pod-1/log?timestamps=true&follow=true"
                            + "&container=main&sinceTime=2026-01-01T00%3A00%3A00Z&limitBytes=1000");
        }
    }

    @Test
    void shouldReadMoreThanTheMemoryOfOneRunOverTime() throws Exception {
        String body = "{\"kind\":\"Workflow\",\"metadata\":{\"name\":\"a\",\"note\":\"" + "x".repeat(20_000) + "\"}}";
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, body));
                ClusterGateway gateway =
                        Fabric8Gateway.connect(server.connection(folder), new ReadLimits(60_000, 1, 10, 100_000));
                LiveCluster live = gateway.live().orElseThrow()) {
            for (int i = 0; i < 20; i++) {
                assertThat(live.get(Resource.WORKFLOWS, "ci", "a")).isPresent();
            }
        }
    }

    @Test
    void shouldHaveAnotherIdentityForEachCredentialAndImpersonation() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "{}"))) {
            ClusterConnection connection = server.connection(folder);
            Path other = folder.resolve("other");
            Files.writeString(other, ScriptedServer.kubeconfig(server.url()).replace(ScriptedServer.TOKEN, "other"));
            Identity jane = new Identity("jane", List.of());
            try (ClusterGateway one = Fabric8Gateway.connect(connection);
                    ClusterGateway same = Fabric8Gateway.connect(connection);
                    ClusterGateway another = Fabric8Gateway.connect(connection.withKubeconfigs(other));
                    ClusterGateway as = Fabric8Gateway.connect(connection.impersonating("jane"))) {
                assertThat(identity(one)).isEqualTo(identity(same)).doesNotContain(ScriptedServer.TOKEN);
                assertThat(List.of(
                                identity(one),
                                identity(another),
                                identity(as),
                                identity(one.as(jane).orElseThrow())))
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void shouldKeepTheConnectionOpenUntilAllWhoHoldItClose() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "{\"kind\":\"Workflow\"}"))) {
            ClusterGateway gateway = Fabric8Gateway.connect(server.connection(folder));
            LiveCluster live = gateway.live().orElseThrow();

            gateway.close();
            gateway.close();

            assertThat(live.get(Resource.WORKFLOWS, "ci", "a")).isPresent();
            live.close();
        }
    }

    private LiveCluster live(ScriptedServer server) throws IOException {
        try (ClusterGateway gateway = Fabric8Gateway.connect(server.connection(folder))) {
            return gateway.live().orElseThrow();
        }
    }

    private static String identity(ClusterGateway gateway) {
        try (LiveCluster live = gateway.live().orElseThrow()) {
            return live.connectionKey();
        }
    }

    private String next() throws InterruptedException {
        return heard.poll(20, TimeUnit.SECONDS);
    }

    /** Keeps what it hears. */
    private final class Words implements WatchListener, LogListener {

        @Override
        public void changed(Change change, ObjectNode object) {
            heard.add(change + " " + KubeObjects.name(object));
        }

        @Override
        public void line(String line) {
            heard.add(line);
        }

        @Override
        public void ended(Optional<ClusterException> failure) {
            heard.add("ended" + failure.map(why -> " " + why.kind()).orElse(""));
        }
    }
}
