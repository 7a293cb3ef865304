package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.Schema;
import io.jenkins.plugins.argopreflight.cli.demo.DemoAccounts;
import io.jenkins.plugins.argopreflight.cli.demo.EmbeddedRegistry;
import io.jenkins.plugins.argopreflight.cli.demo.Images;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginCheckCommandTest {

    private static final String CANARY = "c4n4ry-p4ssw0rd";
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        registry = EmbeddedRegistry.start(
                "",
                new DemoAccounts().put("team", Password.of(CANARY), "team/").put("guest", Password.of(CANARY + "2")),
                new Images().add("team/image", "v1.2").add("public/tool", "1"));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static String host() {
        return registry.url().substring("http://".length());
    }

    private static Ran check(String password, String... more) {
        List<String> args = new ArrayList<>(List.of("login-check"));
        for (String arg : more) {
            args.add(arg.replace("HOST", host()));
        }
        return Ran.with(Map.of("PASSWORD", password), "", args.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "team/image:v1.2, team, c4n4ry-p4ssw0rd, 0, ok",
        "team/image:v1.2, team, c4n4ry-wr0ng, 1, rejected",
        "team/image:v1.2, guest, c4n4ry-p4ssw0rd2, 1, no-right",
        "team/image:v9, team, c4n4ry-p4ssw0rd, 1, not-found",
        "public/tool:1, team, c4n4ry-p4ssw0rd, 0, ok",
        "public/tool:1, team, c4n4ry-wr0ng, 1, rejected",
        "team/IMAGE, team, c4n4ry-p4ssw0rd, 1, invalid",
    })
    void shouldSayWhatTheRegistrySays(String image, String user, String password, int exit, String verdict)
            throws IOException {
        Ran ran = check(
                password,
                "-o",
                "json",
                "--registry",
                "HOST",
                "--username",
                user,
                "--password-env",
                "PASSWORD",
                "HOST/" + image);
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(exit);
        JsonNode report = new ObjectMapper().readTree(ran.out());
        assertThat(report.at("/pulls/0/verdict").asText()).isEqualTo(verdict);
        assertThat(Schema.problems(ran.out())).isEmpty();
        assertThat(ran.out() + ran.err()).doesNotContain("c4n4ry");
    }

    @Test
    void shouldAskAnonymouslyWithoutCredentials() {
        Ran ran = check("", "HOST/public/tool:1", "HOST/team/image:v1.2");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("✘ 1 image cannot be pulled, 1 image can be pulled\n")
                .contains("anonymous", "401 UNAUTHORIZED authentication required");
    }

    @Test
    void shouldNotCallUnreachableAFailure() {
        Ran ran = check("", "127.0.0.1:1/team/image:v1");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).startsWith("? 1 image could not be checked\n");
    }

    @Test
    void shouldAskAboutAllImagesAtOnce() throws IOException {
        CountDownLatch together = new CountDownLatch(1 + 20);
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        ExecutorService threads = Executors.newCachedThreadPool();
        slow.setExecutor(threads);
        slow.createContext("/", exchange -> {
            boolean first = together.getCount() == 1 + 20;
            together.countDown();
            try {
                if (!first) {
                    together.await(5, TimeUnit.SECONDS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        slow.start();
        try {
            String name = "127.0.0.1:" + slow.getAddress().getPort() + "/team/image:v";
            Ran ran = Ran.with(Stream.concat(
                            Stream.of("login-check"), IntStream.range(0, 25).mapToObj(i -> name + i))
                    .toArray(String[]::new));
            assertThat(ran.exit()).as(ran.out()).isZero();
            assertThat(together.getCount()).isZero();
        } finally {
            slow.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void shouldRefuseTwoCredentialsForOneRegistry() {
        Ran ran = check(
                CANARY,
                "--registry",
                "HOST",
                "--username",
                "a",
                "--password-env",
                "PASSWORD",
                "--registry",
                "https://HOST/v2/",
                "--username",
                "b",
                "--password-env",
                "PASSWORD",
                "HOST/team/image:1");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains(host())
                .doesNotContain(CANARY);
    }
}
