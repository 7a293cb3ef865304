package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A factory of OkHttp clients, one for each route. Their connections are in one pool for all runs, since each pool has
 * a thread of its own.
 */
final class Clients implements AutoCloseable {

    private static final int IDLE_CONNECTIONS = 256;
    private static final long IDLE_SECONDS = 10;
    private static final ConnectionPool POOL = new ConnectionPool(IDLE_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS);
    private static final Duration SHORTEST_CONNECT = Duration.ofMillis(500);

    /** The TLS versions and ciphers that Java itself allows. */
    private static final ConnectionSpec TLS = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
            .allEnabledTlsVersions()
            .allEnabledCipherSuites()
            .build();

    private final HttpSettings settings;
    private final OkHttpClient unverified;
    private @Nullable OkHttpClient verified;

    Clients(HttpSettings settings) {
        this.settings = settings;
        this.unverified = client(Trust.anyone());
    }

    private OkHttpClient client(Trust trust) {
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .connectionPool(POOL)
                .connectionSpecs(List.of(TLS, ConnectionSpec.CLEARTEXT))
                .followRedirects(false)
                .followSslRedirects(false)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .addNetworkInterceptor(new FinalStatus());
        trust.applyTo(client);
        return client.build();
    }

    /** Returns a client that connects to the addresses of a route, one after the other. */
    OkHttpClient routed(Route route, boolean verify) {
        OkHttpClient.Builder client = (verify ? verified() : unverified)
                .newBuilder()
                .dns(route)
                .proxy(Proxies.connection(route.proxy()))
                .connectTimeout(connectTimeout(route.addresses().size()));
        route.proxy().ifPresent(proxy -> client.proxyAuthenticator((via, reply) -> login(proxy, reply)));
        return client.build();
    }

    /**
     * Returns the client that verifies certificates. It is created on first use, since reading the system's authorities
     * takes longer than a server's answer.
     */
    private synchronized OkHttpClient verified() {
        if (verified == null) {
            verified = client(Trust.system(settings.authorities()));
        }
        return verified;
    }

    private Duration connectTimeout(int addresses) {
        Duration each = settings.connect().dividedBy(Math.max(1, addresses));
        return each.compareTo(SHORTEST_CONNECT) < 0 ? SHORTEST_CONNECT : each;
    }

    /**
     * Returns the request with the login for a proxy. OkHttp calls this before it opens a tunnel, and again when the
     * proxy refuses the login.
     */
    private static @Nullable Request login(URI proxy, Response reply) throws IOException {
        boolean asksFirst = reply.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
        if (!asksFirst) {
            throw new ProxyLoginRefused(proxy);
        }
        return Proxies.authorization(proxy)
                .map(value -> reply.request()
                        .newBuilder()
                        .header("Proxy-Authorization", value)
                        .build())
                .orElse(null);
    }

    @Override
    public void close() {
        POOL.evictAll();
    }
}
