package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API servers whose answers never end: reading them ends, with one sentence. */
class HostileServerTest {

    private static final int MIB = 1 << 20;
    private static final ReadLimits SMALL = new ReadLimits(MIB, 20, 5_000, 4L * MIB);
    private static final String EMPTY_PAGE = "{\"metadata\":{\"continue\":\"%d\"},\"items\":[%s]}";

    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private volatile Writer answer;

    private interface Writer {
        void write(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            queries.add(String.valueOf(exchange.getRequestURI().getQuery()));
            try (exchange) {
                answer.write(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private ClusterConnection connection() {
        return ClusterConnection.DEFAULT.to(ClusterEndpoint.of(
                "test",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                new Trust("", false, ""),
                ClusterLogin.anonymous()));
    }

    private static void text(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Text that is 40 MiB when it is decompressed, and so is more than is read. */
    private static byte[] exploding(String begin, String again) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = again.repeat(MIB / again.length()).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new GZIPOutputStream(bytes, 65536)) {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 40; i++) {
                out.write(block);
            }
        }
        return bytes.toByteArray();
    }

    private static void bomb(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void shouldBeTooLarge(String message, ThrowingCallable call) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "{},", "[[[[[[[[", "\"a\":1,", "x", "\0"})
    void shouldEndReadingAnAnswerThatExplodes(String again) throws IOException {
        byte[] bytes = exploding("{\"items\":[", again);
        answer = exchange -> bomb(exchange, bytes);
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            shouldBeTooLarge(
                    "/api/v1/namespaces/ci/secrets/a: the answer is larger than 1 MiB and was not read",
                    () -> gateway.get(Resource.SECRETS, "ci", "a"));
            assertThat(requests).hasValue(1);
            shouldBeTooLarge("the answer is larger", () -> gateway.list(Resource.PODS, "ci", "", ""));
        }
    }

    @Test
    void shouldReportAWriteWhoseAnswerIsTooLargeAsMaybeApplied() throws IOException {
        byte[] bytes = exploding("{", " ");
        answer = exchange -> bomb(exchange, bytes);
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.putObject("metadata").put("name", "a").put("namespace", "ci");
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            shouldBeTooLarge("POST", () -> gateway.create(Resource.SECRETS, secret, WriteMode.REAL));
            assertThat(requests).hasValue(1);
            assertThat(Kind.TOO_LARGE.maybeApplied()).isTrue();
        }
    }

    @Test
    void shouldEndAListWithoutEnd() {
        AtomicInteger page = new AtomicInteger();
        answer = exchange -> text(exchange, EMPTY_PAGE.formatted(page.incrementAndGet(), ""));
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            shouldBeTooLarge(
                    "the list has more than 20 pages; the rest was not read",
                    () -> gateway.list(Resource.PODS, "ci", "", ""));
            assertThat(requests).hasValue(20);
            answer = exchange -> text(exchange, EMPTY_PAGE.formatted(page.incrementAndGet(), "{},".repeat(999) + "{}"));
            shouldBeTooLarge("the list has more than 5000 objects", () -> gateway.list(Resource.PODS, "ci", "", ""));
        }
    }

    @Test
    void shouldEndAListWhosePagesNameThemselves() {
        answer = exchange -> text(exchange, EMPTY_PAGE.formatted(1, ""));
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> gateway.list(Resource.PODS, "ci", "", ""))
                    .withMessageContaining("each page names the same next page");
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void shouldCountAllAnswersOfARunAndWhatIsMadeOfThem() {
        String pods = "{\"items\":[" + "{},".repeat(3_000) + "{}]}";
        answer = exchange -> text(exchange, pods);
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            for (int i = 0; i < 5; i++) {
                gateway.list(Resource.PODS, "ci", "", "");
            }
            shouldBeTooLarge(
                    "the answers to this run are larger than 4 MiB together",
                    () -> gateway.list(Resource.PODS, "ci", "", ""));
        }
        try (Fabric8Gateway next = Fabric8Gateway.connect(connection(), SMALL)) {
            assertThat(next.list(Resource.PODS, "ci", "", "")).hasSize(3_001);
        }
    }

    /** Secrets of Helm are large: fewer of them fit into one answer. */
    @Test
    void shouldAskForSmallerPagesWhenAPageIsTooLarge() {
        answer = exchange -> text(
                exchange,
                exchange.getRequestURI().getQuery().contains("limit=500")
                        ? "{\"items\":[{\"data\":\"" + "a".repeat(2 * MIB) + "\"}]}"
                        : "{\"items\":[{\"data\":\"a\"}]}");
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            assertThat(gateway.list(Resource.SECRETS, "ci", "", "")).hasSize(1);
            assertThat(queries).containsExactly("limit=500", "limit=50");
        }
    }

    @Test
    void shouldGiveBackWhatAFailedAnswerTook() throws IOException {
        byte[] bytes = exploding("{\"items\":[", " ");
        answer = exchange -> bomb(exchange, bytes);
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(), SMALL)) {
            for (int i = 0; i < 20; i++) {
                shouldBeTooLarge("larger than 1 MiB", () -> gateway.get(Resource.PODS, "ci", "a"));
            }
        }
    }

    /** 64 requests at once, in a process whose heap is that of a small controller. */
    @Test
    void shouldEndManyAnswersAtOnceInASmallHeap() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("64 answers were too large");
    }

    /** The other process. */
    static final class SmallHeap {

        private SmallHeap() {}

        public static void main(String[] args) throws Exception {
            HostileServerTest test = new HostileServerTest();
            test.start();
            byte[] bytes = exploding("{\"items\":[", "{},");
            test.answer = exchange -> bomb(exchange, bytes);
            List<Future<?>> all = new ArrayList<>();
            try (Fabric8Gateway gateway = Fabric8Gateway.connect(test.connection())) {
                for (int i = 0; i < 64; i++) {
                    all.add(test.threads.submit(
                            () -> shouldBeTooLarge("the answer", () -> gateway.get(Resource.PODS, "ci", "a"))));
                }
                for (Future<?> each : all) {
                    each.get(60, TimeUnit.SECONDS);
                }
            }
            System.out.println(all.size() + " answers were too large");
            test.stop();
        }
    }

    @Test
    void shouldReadLessInASmallHeap() {
        assertThat(ReadLimits.ofHeap(256L * MIB)).isEqualTo(new ReadLimits(16 * MIB, 400, 100_000, 64L * MIB));
        assertThat(ReadLimits.ofHeap(8192L * MIB)).isEqualTo(new ReadLimits(32 * MIB, 400, 100_000, 1024L * MIB));
    }
}
