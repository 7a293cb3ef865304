package io.jenkins.plugins.argopreflight.engine.util.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;

/** A socket from which only a limited number of bytes can be read between two calls of {@link #progress}. */
final class CountedSocket extends Socket {

    private static final int LIMIT_KIB = 64;

    private final boolean namesHosts;
    private int bytes;

    /** The failure of a server that sends more than the limit without a byte for the reader of its answer. */
    static final class Exceeded extends ProtocolException {

        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("more than " + LIMIT_KIB + " KiB without a byte of the body");
        }
    }

    CountedSocket() {
        this.namesHosts = false;
    }

    /** Creates a socket through a SOCKS proxy, which resolves the names of hosts. */
    CountedSocket(Proxy socks) {
        super(socks);
        this.namesHosts = true;
    }

    /** Sets the count to zero: a byte has reached the reader of the answer, or a new answer begins. */
    void progress() {
        bytes = 0;
    }

    private void count(long read) throws Exceeded {
        if (read > 0) {
            bytes += (int) read;
            if (bytes > LIMIT_KIB << 10) {
                throw new Exceeded();
            }
        }
    }

    @Override
    public void connect(SocketAddress address, int millis) throws IOException {
        super.connect(
                namesHosts && address instanceof InetSocketAddress host
                        ? InetSocketAddress.createUnresolved(host.getHostString(), host.getPort())
                        : address,
                millis);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int next = super.read();
                count(next < 0 ? 0 : 1);
                return next;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, length);
                count(read);
                return read;
            }

            @Override
            public long skip(long most) throws IOException {
                long skipped = super.skip(most);
                count(skipped);
                return skipped;
            }
        };
    }
}
