package io.jenkins.plugins.argopreflight.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;

/** A server that begins to answer, or not even that, and never goes on. */
public final class SilentServer implements AutoCloseable {

    /** What it sends before it is silent. */
    public enum Says {
        NOTHING(""),
        HALF_A_HEADER("HTTP/1.1 200 OK\r\nContent-Type: appl"),
        HALF_A_BODY(SilentServer.HEADER + "{\"errors\": ");

        private final String text;

        Says(String text) {
            this.text = text;
        }
    }

    /** Of an error: its body is read. The answer to a HEAD request is complete with it. */
    private static final String HEADER =
            "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";

    private final Says says;
    private final ServerSocket server;
    private final CountDownLatch silent = new CountDownLatch(1);
    private final Phaser connections = new Phaser(1);

    public SilentServer(Says says) {
        this.says = says;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Waits until a client waits for more. */
    public void awaitSilence() throws InterruptedException {
        silent.await();
    }

    /** Waits until the clients have closed all connections. */
    public void awaitEndOfConnections() throws InterruptedException {
        connections.awaitAdvanceInterruptibly(connections.arrive());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.register();
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] request = new byte[8192];
            for (int read = in.read(request); read >= 0; read = in.read(request)) {
                boolean complete = says == Says.HALF_A_BODY && request[0] == 'H';
                String answer = complete ? HEADER : says.text;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (!complete) {
                    silent.countDown();
                }
            }
        } catch (IOException reset) {
            return;
        } finally {
            connections.arriveAndDeregister();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "silent server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
