package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.http.Resolver;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTest {

    private static final Optional<Login> LOGIN = Optional.of(new Login("team", Password.of("s3cret-word")));
    private static final String LINE = "unclassified: {argoPreflight: {allowedHosts: [\"%s\"]}}";

    /** {@code public.test} is where the test's server is by the settings; other names resolve to what they say. */
    private static final Resolver NAMES = host -> switch (host) {
        case "private.test" -> new InetAddress[] {InetAddress.getByName("10.1.2.3")};
        case "own.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
        case "metadata.test" -> new InetAddress[] {InetAddress.getByName("169.254.169.254")};
        default -> throw new UnknownHostException(host);
    };

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1", "0177.0.0.1", "0x7f000001", "2130706433", "localhost", "own.test"})
    void shouldNotScanTheControllersOwnPorts(String host) throws IOException {
        try (ServerSocket first = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                RegistryProbe probe = new RegistryProbe(restricted().build())) {
            for (ServerSocket socket : List.of(first, second)) {
                Answer answer = probe.ask(ImageReference.parse(host + ":" + socket.getLocalPort() + "/x"), LOGIN);

                assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
                assertThat(answer.message()).isEqualTo(AddressRefused.REASON);
                assertThat(answer.explanation()).contains("this machine's own address");
                assertNothingArrives(socket);
            }
        }
    }

    @Test
    void shouldGiveTheLineThatAllowsAPrivateRegistry() {
        try (RegistryProbe probe = new RegistryProbe(restricted().build())) {
            Answer answer = probe.ask(ImageReference.parse("private.test/x"), LOGIN);

            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.message()).isEqualTo("address not allowed");
            assertThat(answer.explanation())
                    .contains("private.test is the private address 10.1.2.3")
                    .contains(LINE.formatted("10.0.0.0/8"));
        }
    }

    @Test
    void shouldAskAnAllowedRegistryAndItsTokenServer() {
        try (Loopback server = new Loopback(exchange -> {
                    boolean token = exchange.getRequestURI().getPath().equals("/token");
                    boolean known = exchange.getRequestHeaders().getFirst("Authorization") != null;
                    String realm =
                            "http://localhost:" + exchange.getLocalAddress().getPort() + "/token";
                    Map<String, String> headers = token
                            ? Map.of("Content-Type", "application/json")
                            : Map.of("WWW-Authenticate", "Bearer realm=\"" + realm + "\"");
                    Loopback.answer(exchange, token || known ? 200 : 401, headers, "{\"token\":\"t0k3n-abc\"}");
                });
                RegistryProbe probe =
                        new RegistryProbe(restricted("127.0.0.0/8").build())) {
            assertThat(probe.ask(ImageReference.parse("127.1:" + server.port() + "/x"), LOGIN)
                            .verdict())
                    .isEqualTo(Verdict.OK);
        }
    }

    /** A list that allows these addresses, and the command line, make no exception. */
    @ParameterizedTest
    @CsvSource({
        "https://private.test/token, the private address 10.1.2.3",
        "https://10.1.2.3/token, the private address 10.1.2.3",
        "https://own.test/token, this machine's own address",
        "https://metadata.test/token, the link-local or metadata address 169.254.169.254",
        "https://0251.0376.0251.0376/token, ''",
        "https://2852039166/token, ''",
        "https://0xA9FEA9FE/token, the link-local or metadata address 169.254.169.254",
        "https://[64:ff9b::a9fe:a9fe]/token, the link-local or metadata address",
        "https://Metadata.Google.Internal./token, metadata service",
    })
    void shouldNotFollowAPublicRegistryIntoAPrivateNetwork(String url, String why) throws IOException {
        for (AddressPolicy policy : List.of(AddressPolicy.UNRESTRICTED, policy("0.0.0.0/0", "::/0", "private.test"))) {
            for (boolean redirect : new boolean[] {false, true}) {
                Answer answer = leading(url, redirect, policy);

                assertThat(answer.verdict()).as(answer.explanation()).isEqualTo(Verdict.UNKNOWN);
                assertThat(answer.explanation()).contains(why).contains("public.test");
            }
        }
    }

    private static Answer leading(String url, boolean redirect, AddressPolicy policy) {
        try (Loopback server = new Loopback(exchange -> Loopback.answer(
                        exchange,
                        redirect ? 307 : 401,
                        redirect ? Map.of("Location", url) : Map.of("WWW-Authenticate", "Bearer realm=\"" + url + "\""),
                        ""));
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address("public.test", server.url())
                        .resolver(NAMES)
                        .addressPolicy(policy)
                        .build())) {
            return probe.ask(ImageReference.parse("public.test/x"), LOGIN);
        }
    }

    @Test
    void shouldReportThatTheProxyResolvesTheName() {
        try (Loopback proxy = new Loopback(exchange -> Loopback.answer(exchange, 404, Map.of(), ""));
                RegistryProbe probe = new RegistryProbe(restricted()
                        .address("inside.test", java.net.URI.create("http://inside.test"))
                        .environment(Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.port()))
                        .build())) {
            Answer answer = probe.ask(ImageReference.parse("inside.test/x"), LOGIN);

            assertThat(answer.verdict()).isEqualTo(Verdict.NOT_FOUND);
            assertThat(answer.explanation())
                    .contains("through the proxy 127.0.0.1:" + proxy.port() + ", which resolves the name");
        }
    }

    private static AddressPolicy policy(String... allowed) {
        return AddressPolicy.publicAnd(AllowedHosts.of(List.of(allowed)), LINE::formatted);
    }

    private static RegistrySettings.Builder restricted(String... allowed) {
        return RegistrySettings.builder()
                .resolver(host -> host.equals("localhost") ? InetAddress.getAllByName(host) : NAMES.resolve(host))
                .addressPolicy(policy(allowed));
    }

    private static void assertNothingArrives(ServerSocket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThatThrownBy(socket::accept).isInstanceOf(SocketTimeoutException.class);
    }
}
