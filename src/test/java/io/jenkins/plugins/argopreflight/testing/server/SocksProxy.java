package io.jenkins.plugins.argopreflight.testing.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy that leads every name to one port of this machine, and keeps the names (RFC 1928). */
public final class SocksProxy implements AutoCloseable {

    private static final int NAME = 3;
    private static final byte[] NO_LOGIN = {5, 0};
    private static final byte[] CONNECTED = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    private final ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int target;

    public SocksProxy(int target) throws IOException {
        this.target = target;
        daemon(() -> {
            while (true) {
                Socket client = socket.accept();
                daemon(() -> serve(client));
            }
        });
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Hosts and ports; of an address its kind. */
    public List<String> requests() {
        return requests;
    }

    private void serve(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        in.readByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        out.write(NO_LOGIN);
        in.readFully(new byte[3]);
        int kind = in.readUnsignedByte();
        byte[] name = new byte[kind == NAME ? in.readUnsignedByte() : 4];
        in.readFully(name);
        String host = kind == NAME ? new String(name, StandardCharsets.US_ASCII) : "address";
        requests.add(host + ":" + in.readUnsignedShort());
        out.write(CONNECTED);
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            daemon(() -> {
                in.transferTo(server.getOutputStream());
                server.close();
            });
            server.getInputStream().transferTo(out);
        } finally {
            client.close();
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // One side hung up.
                    }
                },
                "socks-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
