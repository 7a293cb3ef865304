package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import okhttp3.Dns;

/**
 * The resolver of a client that belongs to one server: each answer is checked, and the client connects to these
 * addresses and to no others. OkHttp does not ask it for literal addresses, so {@link #check} checks them before.
 */
public final class GuardedDns implements Dns {

    private final AddressPolicy policy;
    private final Target server;
    private final Resolver resolver;

    private GuardedDns(AddressPolicy policy, Target server, Resolver resolver) {
        this.policy = policy;
        this.server = server;
        this.resolver = resolver;
    }

    /**
     * Checks everything that can be checked before a name is resolved, and returns the resolver.
     *
     * @throws AddressRefused if the server's address is not allowed
     */
    public static GuardedDns check(AddressPolicy policy, URI url, Resolver resolver) throws AddressRefused {
        Target target = Target.of(url)
                .orElseThrow(() -> new AddressRefused("the server is not an http or https URL with a host"));
        Host host = target.host();
        boolean ipv4 = host.literal().isPresent() && !host.name().contains(":");
        if (ipv4 && !String.valueOf(url.getHost()).equals(host.name())) {
            throw new AddressRefused(
                    "the server's address is not written as numbers with three dots: write " + host.name());
        }
        try {
            policy.checkUnresolved(host, target.port(), Optional.empty());
        } catch (AddressRefused e) {
            throw e;
        } catch (UnknownHostException e) {
            throw new AddressRefused(String.valueOf(e.getMessage()));
        }
        return new GuardedDns(policy, target, resolver);
    }

    /** Returns the server's addresses, or those of a proxy on the way, which the settings chose. */
    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        Host host = Host.parse(name).orElseThrow(() -> new UnknownHostException(name));
        List<InetAddress> found = List.of(resolver.resolve(name));
        boolean own = host.equals(server.host());
        return (own ? policy : AddressPolicy.UNRESTRICTED)
                .permitted(host, own ? server.port() : 0, found, Optional.empty());
    }
}
