package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.boundary.Attack;
import io.jenkins.plugins.argopreflight.engine.hostile.SmallHeap;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** API servers whose answers never end: reading them ends, with one sentence, and leaves nothing behind. */
@Timeout(60)
class HostileServerTest {

    private static final int MIB = 1 << 20;
    private static final ReadLimits SMALL = new ReadLimits(MIB, 20, 5_000, 4L * MIB);

    /** The threads of other tests, which may still read the answers of their servers. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private static ClusterConnection connection(RawServer server) {
        return ClusterConnection.DEFAULT.to(ClusterEndpoint.of(
                "test", server.url().toString(), new Trust("", false, ""), ClusterLogin.anonymous()));
    }

    private static Fabric8Gateway small(RawServer server) {
        return Fabric8Gateway.connect(connection(server), SMALL);
    }

    /** Returns a writer of a list with these objects, which have commas between them. */
    private static RawServer.Writer list(String objects) {
        return (request, out) -> RawServer.text(out, "HTTP/1.1 200 OK\n\n{\"items\":[" + objects + "]}");
    }

    private static void shouldBeTooLarge(String message, ThrowingCallable call) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .withMessageContaining(message);
    }

    /** The bodies without end, but the one in chunks of a byte, which takes seconds to reach a limit. */
    static Stream<Attack> bodies() {
        return Stream.of(Attack.values()).filter(attack -> attack.isOfBody() && attack != Attack.CHUNKS);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void shouldEndReadingAnAnswerWithoutEnd(Attack attack) throws IOException {
        try (RawServer server = new RawServer(attack);
                Fabric8Gateway gateway = small(server)) {
            shouldBeTooLarge(
                    "/api/v1/namespaces/ci/secrets/a: the answer is larger than 1 MiB and was not read",
                    () -> gateway.get(Resource.SECRETS, "ci", "a"));
            assertThat(server.requests()).hasSize(1);
            shouldBeTooLarge("the answer is larger", () -> gateway.list(Resource.PODS, "ci", "", ""));
        }
    }

    @Test
    void shouldReportAWriteWhoseAnswerIsTooLargeAsMaybeApplied() throws IOException {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.putObject("metadata").put("name", "a").put("namespace", "ci");
        try (RawServer server = new RawServer(Attack.GZIP_SPACES);
                Fabric8Gateway gateway = small(server)) {
            shouldBeTooLarge("POST", () -> gateway.create(Resource.SECRETS, secret, WriteMode.REAL));
            assertThat(server.requests()).hasSize(1);
            assertThat(Kind.TOO_LARGE.maybeApplied()).isTrue();
        }
    }

    @Test
    void shouldEndAListWithoutEnd() throws IOException {
        try (RawServer server = new RawServer(Attack.PAGES);
                Fabric8Gateway gateway = small(server)) {
            shouldBeTooLarge(
                    "the list has more than 20 pages; the rest was not read",
                    () -> gateway.list(Resource.PODS, "ci", "", ""));
            assertThat(server.requests()).hasSize(20);
        }
        try (RawServer server = new RawServer(Attack.PAGES_OF_OBJECTS);
                Fabric8Gateway gateway = small(server)) {
            shouldBeTooLarge("the list has more than 5000 objects", () -> gateway.list(Resource.PODS, "ci", "", ""));
        }
    }

    @Test
    void shouldEndAListWhosePagesNameThemselves() throws IOException {
        try (RawServer server = new RawServer(Attack.PAGE);
                Fabric8Gateway gateway = small(server)) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> gateway.list(Resource.PODS, "ci", "", ""))
                    .withMessageContaining("each page names the same next page");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void shouldCountAllAnswersOfARunAndWhatIsMadeOfThem() throws IOException {
        try (RawServer server = new RawServer(list("{},".repeat(3_000) + "{}"))) {
            try (Fabric8Gateway gateway = small(server)) {
                for (int i = 0; i < 5; i++) {
                    gateway.list(Resource.PODS, "ci", "", "");
                }
                shouldBeTooLarge(
                        "the answers to this run are larger than 4 MiB together",
                        () -> gateway.list(Resource.PODS, "ci", "", ""));
            }
            try (Fabric8Gateway next = small(server)) {
                assertThat(next.list(Resource.PODS, "ci", "", "")).hasSize(3_001);
            }
        }
    }

    /** Secrets of Helm are large: fewer of them fit into one answer. */
    @Test
    void shouldAskForSmallerPagesWhenAPageIsTooLarge() throws IOException {
        RawServer.Writer large = list("{\"data\":\"" + "a".repeat(2 * MIB) + "\"}");
        RawServer.Writer small = list("{\"data\":\"a\"}");
        try (RawServer server = new RawServer(
                        (request, out) -> (request.contains("limit=500") ? large : small).write(request, out));
                Fabric8Gateway gateway = small(server)) {
            assertThat(gateway.list(Resource.SECRETS, "ci", "", "")).hasSize(1);
            assertThat(server.requests())
                    .extracting(request -> request.lines().findFirst().orElseThrow())
                    .containsExactly(
                            "GET /api/v1/namespaces/ci/secrets?limit=500 HTTP/1.1",
                            "GET /api/v1/namespaces/ci/secrets?limit=50 HTTP/1.1");
        }
    }

    @Test
    void shouldGiveBackWhatAFailedAnswerTook() throws IOException {
        try (RawServer server = new RawServer(Attack.GZIP_SPACES);
                Fabric8Gateway gateway = small(server)) {
            for (int i = 0; i < 20; i++) {
                shouldBeTooLarge("larger than 1 MiB", () -> gateway.get(Resource.PODS, "ci", "a"));
            }
        }
    }

    /** 64 requests at once, in a process whose heap is that of a small controller. */
    @Test
    void shouldEndManyAnswersAtOnceInASmallHeap() throws Exception {
        assertThat(SmallHeap.run(ManyAnswers.class, 2)).containsExactly(new String[] {"64 answers were too large"});
    }

    /** The other process. */
    static final class ManyAnswers {

        private ManyAnswers() {}

        public static void main(String[] args) throws Exception {
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> all = new ArrayList<>();
            try (RawServer server = new RawServer(Attack.GZIP);
                    Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server))) {
                for (int i = 0; i < 64; i++) {
                    all.add(threads.submit(
                            () -> shouldBeTooLarge("the answer", () -> gateway.get(Resource.PODS, "ci", "a"))));
                }
                for (Future<?> each : all) {
                    each.get(60, TimeUnit.SECONDS);
                }
            }
            System.out.println(all.size() + " answers were too large");
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "SILEN.*")
    void shouldLeaveNoThreadToAnAnswerThatDoesNotEnd(Attack attack) throws Exception {
        ClusterConnection.Timeouts times =
                new ClusterConnection.Timeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(500));
        try (RawServer server = new RawServer(attack);
                Fabric8Gateway gateway =
                        Fabric8Gateway.connect(connection(server).withTimeouts(times))) {
            for (int i = 0; i < 5; i++) {
                long start = System.nanoTime();
                assertThatExceptionOfType(ClusterException.class)
                        .isThrownBy(gateway::version)
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            }

            awaitThatNothingIsLeft(server);
        }
    }

    @Test
    void shouldEndAtOnceWhenInterrupted() throws Exception {
        try (RawServer server = RawServer.silent();
                Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server))) {
            AtomicReference<ClusterException> thrown = new AtomicReference<>();
            Thread reader = new Thread(() -> thrown.set(catchThrowableOfType(
                    ClusterException.class, () -> gateway.get(Resource.SECRETS, "ci", "regcred"))));
            reader.start();
            server.awaitSilence();

            reader.interrupt();
            reader.join(1000);

            assertThat(thrown.get().kind()).isEqualTo(Kind.INTERRUPTED);
        }
    }

    /** A watch that is closed before the server has sent its headers. */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "SILEN.*")
    void shouldLeaveNoThreadToAWatchThatIsClosed(Attack attack) throws Exception {
        try (RawServer server = new RawServer(attack);
                Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server));
                LiveCluster live = gateway.live().orElseThrow()) {
            for (int i = 0; i < 5; i++) {
                try (Subscription watch = live.watch(Resource.WORKFLOWS, "ci", "", "7", new Ignoring())) {
                    server.awaitSilence();
                    assertThat(watch).isNotNull();
                }
            }

            awaitThatNothingIsLeft(server);
        }
    }

    /** Waits until no request is left: its thread sees a moment after the server that the connection is closed. */
    private void awaitThatNothingIsLeft(RawServer server) throws Exception {
        server.awaitEndOfConnections();
        while (Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !before.contains(thread.getKey()))
                .filter(thread -> thread.getKey().getName().matches("argo-preflight stream|OkHttp http.*"))
                .flatMap(thread -> Stream.of(thread.getValue()))
                .anyMatch(frame -> frame.getClassName().contains("SocketImpl"))) {
            Thread.sleep(5);
        }
    }

    /** A listener that needs nothing of a watch. */
    private static final class Ignoring implements WatchListener {
        @Override
        public void changed(Change change, ObjectNode object) {}

        @Override
        public void ended(Optional<ClusterException> failure) {}
    }

    @Test
    void shouldReadLessInASmallHeap() {
        assertThat(ReadLimits.ofHeap(256L * MIB)).isEqualTo(new ReadLimits(16 * MIB, 400, 100_000, 64L * MIB));
        assertThat(ReadLimits.ofHeap(8192L * MIB)).isEqualTo(new ReadLimits(32 * MIB, 400, 100_000, 1024L * MIB));
    }
}
