package io.jenkins.plugins.argopreflight.engine.registry;

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
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** A server that writes whatever a test likes, HTTP or not. */
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

    private static final char TLS_HELLO = 0x16;

    private final ServerSocket socket;
    private final List<String> requests = new CopyOnWriteArrayList<>();

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
                    daemon(() -> serve(connection, writer));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public static void text(OutputStream out, String text) throws IOException {
        out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public URI url() {
        String scheme = socket instanceof SSLServerSocket ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    List<String> requests() {
        return requests;
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
            }
        } catch (IOException e) {
            // The client hung up, as it should.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }
}
