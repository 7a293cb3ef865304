package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;

/**
 * The addresses that one request connects to. As the resolver of a client it knows only the name of the host that it
 * connects to.
 *
 * @param target the requested scheme, host and port
 * @param proxy the proxy on the way; empty for none
 * @param connected the host that it connects to: the proxy's if there is one
 * @param addresses the addresses of that host
 * @param kind the kind of the requested host's addresses, the most public of them; public if no policy applies
 */
record Route(Target target, Optional<URI> proxy, Host connected, List<InetAddress> addresses, AddressKind kind)
        implements Dns {

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        if (!Host.parse(name).equals(Optional.of(connected))) {
            throw new UnknownHostException(name);
        }
        return addresses;
    }
}
