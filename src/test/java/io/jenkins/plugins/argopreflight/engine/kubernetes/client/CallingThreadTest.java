package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Dns;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The thread that sends a request waits for its answer: it ends by an interrupt in each phase, and in its time. */
@Timeout(60)
class CallingThreadTest {

    private static final String OK =
            "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 20\n\n{\"gitVersion\":\"v1\"} ";
    private static final long SOON_MILLIS = 5000;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> servers = new ArrayList<>();
    private final CountDownLatch waits = new CountDownLatch(1);

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private static ClusterConnection to(String url) {
        Trust trust = new Trust("", url.startsWith("https"), "");
        return ClusterConnection.DEFAULT.to(ClusterEndpoint.of("test", url, trust, ClusterLogin.anonymous()));
    }

    private String server(RawServer.Writer writer) {
        RawServer server = new RawServer((request, out) -> {
            waits.countDown();
            writer.write(request, out);
        });
        servers.add(server);
        return server.url().toString();
    }

    private String silent() {
        return server((request, out) -> {
            throw new RawServer.Silence();
        });
    }

    /** Returns the address of a server that accepts no more connections, nor refuses them. */
    private String full() throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        servers.add(server);
        try {
            for (int i = 0; i < 100; i++) {
                Socket waiting = new Socket();
                servers.add(waiting);
                waiting.connect(server.getLocalSocketAddress(), 200);
            }
        } catch (IOException e) {
            waits.countDown();
        }
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** Returns a connection through a proxy that accepts connections and says nothing. */
    private ClusterConnection through(String scheme) throws IOException {
        ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        servers.add(proxy);
        waits.countDown();
        String kubeconfig = ScriptedServer.kubeconfig("https://api.invalid")
                .replace(
                        "{server:", "{proxy-url: \"" + scheme + "://127.0.0.1:" + proxy.getLocalPort() + "\", server:");
        return ClusterConnection.DEFAULT.withKubeconfigs(Files.writeString(folder.resolve("kubeconfig"), kubeconfig));
    }

    private static void trickle(String begin, OutputStream out) throws IOException, InterruptedException {
        RawServer.text(out, begin);
        while (true) {
            RawServer.text(out, "\n");
            Thread.sleep(20);
        }
    }

    enum Phase {
        CONNECT,
        PROXY,
        SOCKS,
        TLS,
        HEADERS,
        BODY,
        PAUSE
    }

    private ClusterConnection connection(Phase phase) throws IOException {
        return switch (phase) {
            case CONNECT -> to(full());
            case PROXY -> through("http");
            case SOCKS -> through("socks5");
            case TLS -> to(silent().replace("http:", "https:"));
            case HEADERS -> to(silent());
            case BODY -> to(server((request, out) -> trickle("HTTP/1.1 200 OK\n\n{", out)));
            case PAUSE ->
                to(server((request, out) -> RawServer.text(
                        out, "HTTP/1.1 503 Busy\nConnection: close\nRetry-After: 20\nContent-Length: 0\n\n")));
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndByAnInterruptInEachPhase(Phase phase) throws Exception {
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(connection(phase))) {
            assertThat(interrupted(gateway::version))
                    .isInstanceOfSatisfying(
                            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INTERRUPTED));
        }
    }

    private Throwable interrupted(ThrowingCallable request) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Boolean> stays = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            thrown.set(catchThrowable(request));
            stays.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        waits.await();
        Thread.sleep(200);
        caller.interrupt();
        caller.join(SOON_MILLIS);
        assertThat(stays).isCompletedWithValue(true);
        return thrown.get();
    }

    @Test
    void shouldSayThatALogDidNotEndInTime() {
        String url = server((request, out) -> trickle("HTTP/1.1 200 OK\n\na", out));
        Timeouts times = new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofSeconds(5));
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(to(url).withTimeouts(times))) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> gateway.log("ci", "pod", "main", 5))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    /** The name of a ServiceAccount can come from a manifest. */
    @Test
    void shouldRefuseAUserThatDoesNotFitAHeader() {
        String url = server((request, out) -> RawServer.text(out, OK));
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(to(url));
                Fabric8Gateway jane = Fabric8Gateway.connect(to(url).impersonating("jäne"))) {
            for (Identity who : List.of(new Identity("jäne", List.of()), new Identity("jane", List.of("d\nevs")))) {
                shouldNotFit(() -> gateway.as(who).orElseThrow().version());
            }
            shouldNotFit(jane::version);
            assertThat(gateway.version()).isEqualTo("v1");
        }
    }

    private static void shouldNotFit(ThrowingCallable request) {
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(request)
                .withMessageEndingWith("the credential or the user to impersonate does not fit an HTTP header");
    }

    /** The credential can be revoked by then. */
    @Test
    void shouldSendNothingMoreWhenItsConnectionIsClosed() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        String url = server((request, out) -> {
            if (requests.incrementAndGet() == 1) {
                throw new RawServer.Silence();
            }
            RawServer.text(out, OK);
        });
        Fabric8Gateway gateway = Fabric8Gateway.connect(to(url));
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        new Thread(() -> ended.complete(catchThrowable(gateway::version))).start();
        waits.await();

        gateway.close();

        assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(ClusterException.class);
        assertThatExceptionOfType(ClusterException.class).isThrownBy(gateway::version);
        assertThat(requests).hasValue(1);
    }

    /** A name that is never resolved must not hold threads that other clusters need, however often it is looked up. */
    @Test
    void shouldLookUpANameOnceAtATime() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger lookUps = new AtomicInteger();
        Dns names = name -> {
            lookUps.incrementAndGet();
            if (name.equals("slow.example.com")) {
                await(hangs);
            }
            return List.of(InetAddress.getLoopbackAddress());
        };
        InterruptibleDns dns = new InterruptibleDns(names, Duration.ofMillis(200));
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(UnknownHostException.class)
                    .isThrownBy(() -> dns.lookup("slow.example.com"))
                    .withMessageContaining("not resolved in time");
        }
        assertThat(lookUps).hasValue(1);
        assertThat(dns.lookup("other.example.com")).hasSize(1);

        hangs.countDown();

        assertThat(dns.lookup("slow.example.com")).hasSize(1);
        assertThat(dns.lookup("other.example.com")).hasSize(1);
        assertThat(lookUps).hasValueGreaterThanOrEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldCancelCallsAfterOneThatCannotBeCancelled() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(3);
        Call call = (Call) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Call.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("cancel")) {
                        cancelled.countDown();
                        throw new IllegalStateException("a failure");
                    }
                    return method.getName().equals("hashCode") ? (Object) 1 : proxy == arguments[0];
                });
        Object monitor = new Object();
        Thread caller = new Thread(() -> {
            Thread.currentThread().interrupt();
            try (InterruptWatch.Watching watched = InterruptWatch.watch(call)) {
                // To wait for a monitor leaves the interrupt as it is.
                synchronized (monitor) {
                    assertThat(watched).isNotNull();
                }
            }
        });
        synchronized (monitor) {
            caller.start();
            assertThat(cancelled.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }
}
