package io.jenkins.plugins.argopreflight.engine.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;

/**
 * Where one request connects to. As the client's resolver it knows one name only, that of the host that is connected to.
 *
 * @param target what is asked
 * @param proxy on the way; empty for none
 * @param connected the host that is connected to, which is the proxy's where there is one
 * @param addresses its addresses
 * @param kind of the host's addresses the most public
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
