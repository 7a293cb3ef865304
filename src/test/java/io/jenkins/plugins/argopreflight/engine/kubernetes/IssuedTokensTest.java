package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.FailedRenewal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.IssuedTokens.Issued;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.SetClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {

    private static final String CLUSTER = "cluster \"prod\"";

    private final SetClock clock = new SetClock();
    private final IssuedTokens tokens = new IssuedTokens(clock);
    private final AtomicInteger requests = new AtomicInteger();

    private Supplier<Issued> lasting(Duration lifetime) {
        return () -> new Issued(Password.of("token-" + requests.incrementAndGet()), lifetime);
    }

    private Supplier<Issued> failing(Kind kind) {
        return () -> {
            requests.incrementAndGet();
            throw new ClusterException(kind, "no token");
        };
    }

    private String token(Supplier<Issued> request) {
        return tokens.get("prod", CLUSTER, request).reveal();
    }

    @Test
    void shouldRequestOnceAndRenewAtFourFifthsOfTheLifetime() {
        Supplier<Issued> hour = lasting(Duration.ofHours(1));

        assertThat(token(hour)).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(47));
        assertThat(token(hour)).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(1));
        assertThat(token(hour)).isEqualTo("token-2");
    }

    @Test
    void shouldRenewByTheLifetimeThatTheServerGranted() {
        Supplier<Issued> shortened = lasting(Duration.ofMinutes(10));

        assertThat(token(shortened)).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(8));
        assertThat(token(shortened)).isEqualTo("token-2");
    }

    @Test
    void shouldKeepTheTokensOfOthersApart() {
        assertThat(tokens.get("a", CLUSTER, lasting(Duration.ofHours(1)))).isEqualTo(Password.of("token-1"));
        assertThat(tokens.get("b", CLUSTER, lasting(Duration.ofHours(1)))).isEqualTo(Password.of("token-2"));
    }

    @Test
    void shouldUseATokenAsLongAsItLastsWhenItCannotBeRenewed() {
        token(lasting(Duration.ofHours(1)));
        clock.advance(Duration.ofMinutes(50));

        assertThat(token(failing(Kind.UNREACHABLE))).isEqualTo("token-1");
        clock.advance(Duration.ofMinutes(10));
        assertThatThrownBy(() -> token(failing(Kind.UNREACHABLE)))
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                .hasMessage("no token");
    }

    @Test
    void shouldRepeatAFailedRequestOnlyAfterAPause() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> token(failing(Kind.UNAUTHORIZED))).hasMessage("no token");
        }
        assertThat(requests).hasValue(1);

        clock.advance(IssuedTokens.PAUSE);
        assertThat(token(lasting(Duration.ofHours(1)))).isEqualTo("token-2");
    }

    @Test
    void shouldNotRememberAnInterruptedRequest() {
        assertThatThrownBy(() -> token(failing(Kind.INTERRUPTED))).isInstanceOf(ClusterException.class);
        assertThat(token(lasting(Duration.ofHours(1)))).isEqualTo("token-2");
    }

    @Test
    void shouldReplaceATokenThatTheServerRefusesUnlessItIsNew() {
        Supplier<Issued> hour = lasting(Duration.ofHours(1));
        Password first = tokens.get("prod", CLUSTER, hour);
        tokens.refuse("prod", first);
        assertThat(token(hour)).isEqualTo("token-1");

        clock.advance(IssuedTokens.PAUSE);
        tokens.refuse("prod", first);
        assertThat(token(hour)).isEqualTo("token-2");
        clock.advance(IssuedTokens.PAUSE);
        tokens.refuse("prod", first);
        assertThat(token(hour)).isEqualTo("token-2");
    }

    @Test
    void shouldForgetTheLeastRecentlyUsedOnes() {
        for (int i = 0; i <= IssuedTokens.MAX_TOKENS; i++) {
            tokens.get("key-" + i, CLUSTER, lasting(Duration.ofHours(1)));
        }
        int before = requests.get();
        tokens.get("key-" + IssuedTokens.MAX_TOKENS, CLUSTER, lasting(Duration.ofHours(1)));
        assertThat(requests).hasValue(before);
        tokens.get("key-0", CLUSTER, lasting(Duration.ofHours(1)));
        assertThat(requests).hasValue(before + 1);
    }

    @Test
    void shouldRequestOnceForManyCallersAtATime() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            Callable<String> call = () -> token(() -> {
                pause();
                return lasting(Duration.ofHours(1)).get();
            });
            List<Future<String>> all =
                    pool.invokeAll(IntStream.range(0, 64).mapToObj(i -> call).toList());
            for (Future<String> each : all) {
                assertThat(each.get()).isEqualTo("token-1");
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldPrintNoToken() {
        assertThat(new Issued(Password.of("canary"), Duration.ofHours(1)).toString())
                .doesNotContain("canary");
    }

    @Test
    void shouldReportRenewalsThatFailedInTheLastDay() {
        assertThat(token(lasting(Duration.ofHours(1)))).isEqualTo("token-1");
        assertThat(tokens.failures()).isEmpty();

        clock.advance(Duration.ofMinutes(50));
        token(failing(Kind.FORBIDDEN));
        assertThat(tokens.failures()).containsExactly(new FailedRenewal(CLUSTER, "no token"));

        clock.advance(Duration.ofMinutes(1));
        token(lasting(Duration.ofHours(1)));
        assertThat(tokens.failures()).isEmpty();

        clock.advance(Duration.ofMinutes(50));
        token(failing(Kind.FORBIDDEN));
        clock.advance(Duration.ofDays(2));
        assertThat(tokens.failures()).isEmpty();
    }
}
