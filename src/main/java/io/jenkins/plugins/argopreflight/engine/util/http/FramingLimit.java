package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.SocketFactory;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The limit for everything that a server sends besides bodies: status line, headers, size lines of chunks, trailers,
 * the header of gzip, TLS. It counts the bytes of the socket from one byte of a body that its reader gets to the next.
 * OkHttp itself keeps a size line, and the name in a header of gzip, in memory without a limit.
 */
public final class FramingLimit {

    private static final long UNKNOWN_LENGTH = -1;

    private final Trust trust;
    private final Map<Socket, CountedSocket> layered = Collections.synchronizedMap(new WeakHashMap<>());

    /** The connection of a request, after it is known. */
    private static final class Exchange {

        private @Nullable CountedSocket socket;

        void progress() {
            if (socket != null) {
                socket.progress();
            }
        }
    }

    private FramingLimit(Trust trust) {
        this.trust = trust;
    }

    /** Limits all connections of a client. HTTP/2 is switched off, since this class does not know its frames. */
    static void applyTo(OkHttpClient.Builder client, Trust trust) {
        FramingLimit limit = new FramingLimit(trust);
        client.protocols(List.of(Protocol.HTTP_1_1))
                .socketFactory(new CountedSockets(Optional.empty()))
                .sslSocketFactory(new LayeredSockets(trust.sockets(), limit::layer), trust.manager())
                .addInterceptor(FramingLimit::ask)
                .addNetworkInterceptor(limit::connected);
    }

    /**
     * Connects a client through a SOCKS proxy, which resolves the names of hosts. It must be called last, since OkHttp
     * would otherwise create the sockets to this proxy itself, without a limit.
     */
    public static void throughSocks(OkHttpClient.Builder client, InetSocketAddress proxy) {
        client.proxy(Proxy.NO_PROXY)
                .dns(host -> List.of(InetAddress.getByAddress(host, new byte[4])))
                .socketFactory(new CountedSockets(Optional.of(new Proxy(Proxy.Type.SOCKS, proxy))));
    }

    private Socket layer(Socket socket, String host, int port, boolean autoClose) throws IOException {
        Socket layer = trust.sockets().createSocket(socket, host, port, autoClose);
        if (socket instanceof CountedSocket counted) {
            layered.put(layer, counted);
        }
        return layer;
    }

    private static Response ask(Interceptor.Chain chain) throws IOException {
        Exchange exchange = new Exchange();
        Request request =
                chain.request().newBuilder().tag(Exchange.class, exchange).build();
        Response response = answer(chain, request);
        ResponseBody body = response.body();
        return body == null
                ? response
                : response.newBuilder().body(counted(body, exchange)).build();
    }

    /**
     * Returns the answer. OkHttp accepts one informational answer before it, and fails at the next with an error of its
     * own. Version 5 waits for a connection in a queue, and throws an InterruptedException that it does not declare.
     */
    private static Response answer(Interceptor.Chain chain, Request request) throws IOException {
        try {
            return chain.proceed(request);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            // OkHttp would leave the connection open.
            chain.call().cancel();
            if (InterruptedException.class.isInstance(e)) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            throw new ProtocolException("the answer is not HTTP");
        }
    }

    private static ResponseBody counted(ResponseBody body, Exchange exchange) {
        BufferedSource source = Okio.buffer(new ForwardingSource(body.source()) {
            @Override
            public long read(Buffer into, long most) throws IOException {
                long read = super.read(into, most);
                if (read > 0) {
                    exchange.progress();
                }
                return read;
            }
        });
        return ResponseBody.create(source, body.contentType(), body.contentLength());
    }

    private Response connected(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        Socket socket = connection == null ? null : connection.socket();
        CountedSocket counted = socket instanceof CountedSocket plain ? plain : layered.get(socket);
        Exchange exchange = chain.request().tag(Exchange.class);
        if (counted == null || exchange == null) {
            throw new IOException("a connection without a limit");
        }
        exchange.socket = counted;
        exchange.progress();
        Response response = chain.proceed(chain.request());
        ResponseBody body = response.body();
        // OkHttp would fail with an error of its own when the body is read, and again when it is closed.
        if (body != null
                && body.contentLength() < UNKNOWN_LENGTH
                && !chain.request().method().equals("HEAD")) {
            throw new ProtocolException("the length of the answer is negative");
        }
        return response;
    }

    /** A factory of sockets that OkHttp connects itself. */
    private static final class CountedSockets extends SocketFactory {

        private final Optional<Proxy> socks;

        CountedSockets(Optional<Proxy> socks) {
            this.socks = socks;
        }

        @Override
        public Socket createSocket() {
            return socks.map(CountedSocket::new).orElseGet(CountedSocket::new);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw connected();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw connected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw connected();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw connected();
        }

        private static IOException connected() {
            return new IOException("the HTTP client connects its sockets by itself");
        }
    }
}
