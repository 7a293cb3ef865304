package io.jenkins.plugins.argopreflight.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** The hostile server of all tests: it writes whatever a test likes, HTTP or not, and a connection has one answer. */
public final class RawServer implements AutoCloseable {

    /** Writes an answer to one request. */
    @FunctionalInterface
    public interface Writer {
        void write(String request, OutputStream out) throws IOException, InterruptedException;
    }

    /** Thrown by a writer to reset the connection. */
    public static final class Reset extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown by a writer to send nothing more, and to leave it to the client to close the connection. */
    public static final class Silence extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int MOST_SECONDS = 30;
    private static final char TLS_HELLO = 0x16;

    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch silent = new CountDownLatch(1);
    private final Phaser connections = new Phaser(1);

    public RawServer(Writer writer) {
        this(writer, ServerSocketFactory.getDefault());
    }

    /** @param sockets those of an SSLContext for a server with TLS */
    public RawServer(Writer writer, ServerSocketFactory sockets) {
        try {
            socket = sockets.createServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket connection = socket.accept();
                    connections.register();
                    daemon(() -> serve(connection, writer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /** Returns a server that answers nothing, not even to the begin of TLS. */
    public static RawServer silent() {
        return new RawServer((request, out) -> {
            throw new Silence();
        });
    }

    /** Returns a writer for a server without TLS: it answers the begin of TLS as a server in Go does. */
    public static Writer plain(Writer writer) {
        return (request, out) -> {
            if (request.charAt(0) == TLS_HELLO) {
                text(out, "HTTP/1.0 400 Bad Request\n\n");
            } else {
                writer.write(request, out);
            }
        };
    }

    public static void text(OutputStream out, String text) throws IOException {
        out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public URI url() {
        String scheme = socket instanceof SSLServerSocket ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    /** The heads of the requests that have arrived. */
    public List<String> requests() {
        return requests;
    }

    /** Waits until a client waits in vain. */
    public void awaitSilence() throws InterruptedException {
        silent.await();
    }

    /** Waits until the clients have closed all connections. */
    public void awaitEndOfConnections() throws InterruptedException, TimeoutException {
        connections.awaitAdvanceInterruptibly(connections.arrive(), MOST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve(Socket connection, Writer writer) {
        try (connection) {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
                if (head.charAt(0) == TLS_HELLO) {
                    break;
                }
            }
            requests.add(head.toString());
            try {
                writer.write(head.toString(), connection.getOutputStream());
            } catch (Reset e) {
                connection.setSoLinger(true, 0);
            } catch (Silence e) {
                silent.countDown();
                in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            // The client hung up, as it should.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.arriveAndDeregister();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
