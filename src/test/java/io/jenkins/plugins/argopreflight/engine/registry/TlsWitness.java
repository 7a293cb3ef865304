package io.jenkins.plugins.argopreflight.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;

/** A TLS server at all addresses of this machine that records how a client came to it. */
public final class TlsWitness implements AutoCloseable {

    /**
     * A request to the server.
     *
     * @param address the address that the client connected to
     * @param serverName what it asked for in the TLS handshake
     * @param host its header
     */
    public record Visit(String address, String serverName, String host) {}

    private final HttpsServer server;
    private final List<Visit> visits = new CopyOnWriteArrayList<>();

    public TlsWitness(SSLContext context, Loopback.Handler handler) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(0), 16);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            visits.add(visit((HttpsExchange) exchange));
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
    }

    private static Visit visit(HttpsExchange exchange) {
        List<String> names = ((ExtendedSSLSession) exchange.getSSLSession())
                .getRequestedServerNames().stream()
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .toList();
        return new Visit(
                exchange.getLocalAddress().getAddress().getHostAddress(), String.join(",", names), host(exchange));
    }

    private static String host(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Host");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Visit> visits() {
        return visits;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
