package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.boundary.Attack;
import io.jenkins.plugins.argopreflight.engine.registry.Certificates;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import io.jenkins.plugins.argopreflight.testing.server.SocksProxy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts what a server can send before the connection is closed. */
class FramingLimitTest {

    private static final int KIB = 1 << 10;
    private static final String CHUNKED = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";

    /** Much more than the limit: the systems of both sides buffer what is on its way. */
    private static final long MOST_SENT = 32L << 20;

    private final AtomicLong sent = new AtomicLong();
    private final ConnectionPool pool = new ConnectionPool();

    @TempDir
    private Path folder;

    private OkHttpClient.Builder client() {
        OkHttpClient.Builder client = new OkHttpClient.Builder().connectionPool(pool);
        Trust.anyone().applyTo(client);
        return client;
    }

    private static String get(OkHttpClient client, String url) throws IOException {
        try (Response response =
                client.newCall(new Request.Builder().url(url).build()).execute()) {
            return response.body().string();
        }
    }

    /** Counts what an attack sends, and ends it when a client reads too much. */
    private RawServer.Writer counted(Attack attack) {
        return (request, out) -> attack.write(request, new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (sent.addAndGet(length) > 2 * MOST_SENT) {
                    throw new IOException("the client reads without end");
                }
                out.write(bytes, from, length);
            }
        });
    }

    /** OkHttp 5 waits for a connection in a queue, and in Kotlin no exception is declared. */
    @Test
    void shouldThrowAnIoExceptionWhenInterrupted() {
        OkHttpClient client = client().addInterceptor(chain -> {
                    FramingLimitTest.<RuntimeException>raise(new InterruptedException());
                    return chain.proceed(chain.request());
                })
                .build();

        assertThatThrownBy(() -> get(client, "http://127.0.0.1:1")).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }

    private void shouldExceed(OkHttpClient client, String url) {
        assertThatThrownBy(() -> get(client, url))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(ConnectionFailure.of(e).kind()).isEqualTo(Kind.OVERSIZED));
        assertThat(sent).hasValueLessThan(MOST_SENT);
    }

    @Test
    void shouldEndAChunkSizeWithoutEnd() throws IOException {
        try (RawServer server = new RawServer(counted(Attack.CHUNK_EXTENSION))) {
            shouldExceed(client().build(), server.url().toString());
        }
    }

    @Test
    void shouldCountBelowTls() throws Exception {
        ServerSocketFactory tls =
                new Certificates(folder).signed("server", "dns:localhost").getServerSocketFactory();
        try (RawServer server = new RawServer(counted(Attack.CHUNK_END), tls)) {
            assertThat(server.url().toString()).startsWith("https:");
            shouldExceed(client().build(), server.url().toString());
        }
    }

    /** OkHttp reads a while for the rest of an answer, to use the connection again. */
    @Test
    void shouldEndWhatIsReadWhenAnAnswerIsClosed() throws IOException {
        try (RawServer server = new RawServer(counted(Attack.CHUNK_END))) {
            OkHttpClient client = client().build();
            Request request = new Request.Builder().url(server.url().toString()).build();
            try (Response response = client.newCall(request).execute()) {
                assertThat(response.body().source().readByte()).isEqualTo((byte) '{');
            }
            assertThat(sent).hasValueLessThan(MOST_SENT);
        }
    }

    /** The size lines of the chunks are larger than the limit together. */
    @Test
    void shouldReadAnAnswerWhoseChunksAreWithinTheLimit() throws IOException {
        RawServer.Writer writer = (request, out) -> {
            RawServer.text(out, CHUNKED);
            for (int i = 0; i < 10; i++) {
                RawServer.text(out, "1;" + "a".repeat(20 * KIB) + "\nx\n");
            }
            RawServer.text(out, "0\n\n");
        };
        try (RawServer server = new RawServer(writer)) {
            assertThat(get(client().build(), server.url().toString())).isEqualTo("x".repeat(10));
        }
    }

    @Test
    void shouldReadManyAnswersOfOneConnection() throws IOException {
        String body = "x".repeat(200 * KIB);
        try (Loopback server = new Loopback(exchange ->
                Loopback.answer(exchange, 200, Map.of("X-Long", "a".repeat(20 * KIB)), body))) {
            OkHttpClient client = client().build();
            for (int i = 0; i < 10; i++) {
                assertThat(get(client, server.url().toString())).isEqualTo(body);
            }
            assertThat(pool.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountBehindASocksProxyWhichResolvesTheName() throws IOException {
        try (RawServer server = new RawServer((request, out) -> answer(request, out));
                SocksProxy proxy = new SocksProxy(server.url().getPort())) {
            OkHttpClient.Builder client = client();
            FramingLimit.throughSocks(client, new InetSocketAddress("127.0.0.1", proxy.port()));
            OkHttpClient through = client.build();

            assertThat(get(through, "http://server.invalid:6443/small")).isEqualTo("small");
            shouldExceed(through, "http://server.invalid:6443/endless");
            assertThat(proxy.requests()).containsExactly("server.invalid:6443", "server.invalid:6443");
        }
    }

    private void answer(String request, OutputStream out) throws IOException, InterruptedException {
        if (request.startsWith("GET /small")) {
            RawServer.text(out, "HTTP/1.1 200 OK\nContent-Length: 5\nConnection: close\n\nsmall");
        } else {
            counted(Attack.CHUNK_EXTENSION).write(request, out);
        }
    }
}
