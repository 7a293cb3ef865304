package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {

    private static final InetAddress FIRST = address(1);
    private static final InetAddress SECOND = address(2);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private Set<InetAddress> interfaces = Set.of(FIRST);

    @Test
    void shouldNotReadTheInterfacesForEachRequest() {
        OwnAddresses own = new OwnAddresses(this::read, nanos::get);

        for (int i = 0; i < 1000; i++) {
            assertThat(own.test(FIRST)).isTrue();
        }

        assertThat(reads).hasValue(1);
    }

    @Test
    void shouldKnowAnInterfaceThatCameOrWentSomeSecondsAgo() {
        OwnAddresses own = new OwnAddresses(this::read, nanos::get);
        assertThat(own.test(SECOND)).isFalse();

        interfaces = Set.of(SECOND);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(own.test(SECOND)).isTrue();
        assertThat(own.test(FIRST)).isFalse();
    }

    @Test
    void shouldKeepTheLastListWhereTheSystemGivesNone() {
        OwnAddresses own = new OwnAddresses(this::read, nanos::get);
        assertThat(own.test(FIRST)).isTrue();

        interfaces = Set.of();
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());

        assertThat(own.test(FIRST)).isTrue();
    }

    private Set<InetAddress> read() throws SocketException {
        reads.incrementAndGet();
        if (interfaces.isEmpty()) {
            throw new SocketException("no list");
        }
        return interfaces;
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 4, 4, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
