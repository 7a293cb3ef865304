package io.jenkins.plugins.argopreflight.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that tunnels every CONNECT to one port of this machine, or wants a login first. */
public final class TunnelProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final boolean wantsLogin;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public TunnelProxy(int target, boolean wantsLogin) {
        this.target = target;
        this.wantsLogin = wantsLogin;
        try {
            socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            }
        });
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) client.getInputStream().read());
        }
        requests.add(head.toString());
        OutputStream out = client.getOutputStream();
        if (wantsLogin && !head.toString().contains("Proxy-Authorization: Basic ")) {
            out.write("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return;
        }
        out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        daemon(() -> pipe(client.getInputStream(), server));
        pipe(server.getInputStream(), client);
    }

    private static void pipe(InputStream in, Socket to) throws IOException {
        try (to) {
            in.transferTo(to.getOutputStream());
        }
    }

    /** Something that ends when its connection does. */
    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // The other side hung up.
                    }
                },
                "tunnel-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
