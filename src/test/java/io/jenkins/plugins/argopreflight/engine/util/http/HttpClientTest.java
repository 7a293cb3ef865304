package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpClientTest {

    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Optional<Lead> NOBODY = Optional.empty();

    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final Loopback server = new Loopback(exchange -> {
        hosts.add(exchange.getRequestHeaders().getFirst("Host"));
        ports.add(exchange.getRemoteAddress().getPort());
        int status = exchange.getRequestURI().getPath().equals("/busy") ? 503 : 200;
        Loopback.answer(exchange, status, Map.of("X-Word", "a", "Retry-After", "0"), "0123456789");
    });

    /** Names that answer differently each time; the last answer stays. */
    private static final class Rebinding implements Resolver {

        private final List<String> answers;
        private final List<String> asked = new ArrayList<>();

        /** @param answers addresses, parted by spaces */
        Rebinding(String... answers) {
            this.answers = List.of(answers);
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            asked.add(host);
            String[] answer =
                    answers.get(Math.min(asked.size(), answers.size()) - 1).split(" ");
            InetAddress[] found = new InetAddress[answer.length];
            for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByName(answer[i]);
            }
            return found;
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldConnectToTheAddressThatWasChecked() throws IOException {
        Rebinding names = new Rebinding("127.0.0.1", "169.254.169.254");
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, names)) {
            for (String host : List.of("rebound.test", "Rebound.Test", "rebound.test.")) {
                HttpReply reply = client.send(get("http://" + host + ":" + server.port() + "/x"), NOBODY, TIME);

                assertThat(reply.status()).isEqualTo(200);
            }
        }
        assertThat(names.asked).containsExactly("rebound.test");
        assertThat(hosts).hasSize(3).containsOnly("rebound.test:" + server.port());
    }

    @Test
    void shouldPinTheCheckedAddressOfAPublicName() throws IOException {
        Rebinding names = new Rebinding("93.184.216.34", "169.254.169.254");
        AddressGuard guard = new AddressGuard(
                AddressPolicy.publicAnd(AllowedHosts.NONE, line -> line), Proxies.none(), names, Runnable::run);

        for (String url : List.of("https://evil.test/", "https://Evil.test/", "https://EVIL.TEST.:8443/")) {
            Route route = guard.route(URI.create(url), false, NOBODY, TIME);

            assertThat(route.lookup("evil.test"))
                    .extracting(InetAddress::getHostAddress)
                    .containsExactly("93.184.216.34");
            assertThatThrownBy(() -> route.lookup("other.test")).isInstanceOf(UnknownHostException.class);
        }
        assertThat(names.asked).containsExactly("evil.test");
    }

    @Test
    void shouldTryAllPermittedAddresses() throws IOException {
        Rebinding names = new Rebinding("127.0.0.77 127.0.0.1");
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, names)) {
            assertThat(client.send(get("http://two.test:" + server.port() + "/"), NOBODY, TIME)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldUseAConnectionAgain() throws IOException {
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, Resolver.ofSystem())) {
            for (int i = 0; i < 5; i++) {
                client.send(get(server.url() + "/" + i), NOBODY, TIME);
            }
        }
        assertThat(ports).hasSize(5);
        assertThat(List.copyOf(ports).stream().distinct()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1", "0177.0.0.1", "0x7f000001", "2130706433", "[::ffff:127.0.0.1]"})
    void shouldSendNothingToARefusedAddressHoweverItIsWritten(String host) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                HttpClient client =
                        client(AddressPolicy.publicAnd(AllowedHosts.NONE, line -> line), Resolver.ofSystem())) {
            URI url = URI.create("http://" + host + ":" + socket.getLocalPort() + "/x");

            assertThatThrownBy(() -> client.send(get(url.toString()), NOBODY, TIME))
                    .isInstanceOf(AddressRefused.class)
                    .hasMessageContaining("127.0.0.1 is this machine's own address 127.0.0.1");
            socket.setSoTimeout(50);
            assertThatThrownBy(socket::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "0177.0.0.1", "0x7f000001", "2130706433"})
    void shouldConnectToWhatAnAllowedSpellingMeans(String host) throws IOException {
        try (HttpClient client = client(
                AddressPolicy.publicAnd(AllowedHosts.of(List.of("127.0.0.1:" + server.port())), line -> line),
                Resolver.ofSystem())) {
            client.send(get("http://" + host + ":" + server.port() + "/x"), NOBODY, TIME);
        }
        assertThat(hosts).containsExactly("127.0.0.1:" + server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/",
                "http://2852039166/",
                "http://0251.0376.0251.0376/",
                "http://0xA9FEA9FE/",
                "http://[::ffff:169.254.169.254]/",
                "http://[64:ff9b::a9fe:a9fe]/",
                "http://[fe80::1%25eth0]/",
                "http://0.0.0.0/",
                "http://0/",
                "http://[::]/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://metadata.google.internal./",
                "http://100.100.100.200/",
                "http://[fd00:ec2::254]/"
            })
    void shouldRefuseForbiddenAddressesToTheCommandLineToo(String url) {
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, new Rebinding("203.0.113.7"))) {
            assertThatThrownBy(() -> client.send(get(url), NOBODY, TIME)).isInstanceOf(AddressRefused.class);
        }
    }

    @Test
    void shouldLeaveTheNameToAProxyAndCheckTheLiteral() throws IOException {
        Rebinding names = new Rebinding("169.254.169.254");
        Proxies proxies = Proxies.of(Map.of("HTTP_PROXY", "http://127.0.0.1:" + server.port()));
        AddressPolicy policy = AddressPolicy.publicAnd(AllowedHosts.NONE, line -> line);
        try (HttpClient client = new HttpClient(settings(policy, proxies, names))) {
            HttpReply reply = client.send(get("http://inside.test/x"), NOBODY, TIME);

            assertThat(reply.proxy()).contains(URI.create("http://127.0.0.1:" + server.port()));
            assertThat(names.asked).isEmpty();
            for (String host : List.of("10.1.2.3", "169.254.169.254", "2852039166", "metadata.google.internal")) {
                assertThatThrownBy(() -> client.send(get("http://" + host + "/x"), NOBODY, TIME))
                        .isInstanceOf(AddressRefused.class);
            }
        }
        assertThat(hosts).containsExactly("inside.test");
    }

    @Test
    void shouldActOnNoStatusByItself() throws IOException {
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, Resolver.ofSystem())) {
            HttpReply reply = client.send(get(server.url() + "/busy"), NOBODY, TIME);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.headers().firstValue("x-word")).contains("a");
            assertThat(hosts).hasSize(1);
        }
    }

    @Test
    void shouldReadNoMoreThanTheLimit() throws IOException {
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, Resolver.ofSystem())) {
            HttpRequest request =
                    new HttpRequest("GET", server.url().resolve("/x"), Map.of(), Optional.empty(), 4, true, false);

            assertThat(client.send(request, NOBODY, TIME).body()).asString().isEqualTo("0123");
        }
    }

    @Test
    void shouldReportARefusedConnection() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (HttpClient client = client(AddressPolicy.UNRESTRICTED, Resolver.ofSystem())) {
            assertThatThrownBy(() -> client.send(get("http://127.0.0.1:" + closed + "/"), NOBODY, TIME))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private static HttpRequest get(String url) {
        return new HttpRequest("GET", URI.create(url), Map.of(), Optional.empty(), 1024, true, false);
    }

    private static HttpClient client(AddressPolicy policy, Resolver resolver) {
        return new HttpClient(settings(policy, Proxies.none(), resolver));
    }

    private static HttpSettings settings(AddressPolicy policy, Proxies proxies, Resolver resolver) {
        return new HttpSettings(policy, proxies, List.of(), resolver, TIME, Runnable::run);
    }
}
