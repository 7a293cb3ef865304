package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** A factory of TLS sockets over sockets that are already connected. An HTTP client needs no other sockets. */
public final class LayeredSockets extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final Layer layer;

    /** A function that puts TLS over a socket. */
    @FunctionalInterface
    public interface Layer {
        Socket over(Socket socket, String host, int port, boolean autoClose) throws IOException;
    }

    /** Creates a factory with the ciphers of {@code sockets}. */
    public LayeredSockets(SSLSocketFactory sockets, Layer layer) {
        this.sockets = sockets;
        this.layer = layer;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return layer.over(socket, host, port, autoClose);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw unconnected();
    }

    private static IOException unconnected() {
        return new IOException("TLS needs a socket that is connected");
    }
}
