package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The addresses of a machine's network interfaces. They are read again if the last list is older than ten seconds,
 * since interfaces come and go while a controller runs.
 */
final class OwnAddresses implements Predicate<InetAddress> {

    /** The addresses of this machine. */
    static final OwnAddresses OF_MACHINE = new OwnAddresses(OwnAddresses::read, System::nanoTime);

    private static final long FRESH_NANOS = 10_000_000_000L;

    private final Source source;
    private final LongSupplier nanos;
    private Set<InetAddress> addresses = Set.of();
    private boolean known;
    private long readAt;

    /** The operating system's list of addresses. */
    @FunctionalInterface
    interface Source {
        Set<InetAddress> read() throws SocketException;
    }

    OwnAddresses(Source source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /** Returns whether an interface has the address; the scope of an IPv6 address does not count. */
    @Override
    public synchronized boolean test(InetAddress address) {
        long now = nanos.getAsLong();
        if (!known || now - readAt > FRESH_NANOS) {
            try {
                addresses = source.read();
            } catch (SocketException e) {
                // The last list is the best one there is.
            }
            known = true;
            readAt = now;
        }
        return addresses.contains(address);
    }

    private static Set<InetAddress> read() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toUnmodifiableSet());
    }
}
