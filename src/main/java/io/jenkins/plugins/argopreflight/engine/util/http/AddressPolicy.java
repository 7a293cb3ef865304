package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The addresses that can be contacted. Link-local, metadata, unspecified and multicast addresses are never allowed.
 * Private addresses and those of this machine are allowed only if the policy lists them, and never because a public
 * host led there.
 */
public final class AddressPolicy {

    /** The policy of a command line: everything that its user can reach, except forbidden addresses. */
    public static final AddressPolicy UNRESTRICTED = new AddressPolicy(Optional.empty(), entry -> "", Map.of());

    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata",
            "metadata.google.internal",
            "metadata.goog",
            "metadata.azure.internal",
            "metadata.tencentyun.com",
            "instance-data",
            "instance-data.ec2.internal");

    private static final int ULA_SITE_BITS = 48;

    private final Optional<AllowedHosts> allowed;
    private final UnaryOperator<String> advice;
    /** The entries that would have allowed what was refused, each with the kind of the address. */
    private final Map<String, AddressKind> refused;

    private AddressPolicy(
            Optional<AllowedHosts> allowed, UnaryOperator<String> advice, Map<String, AddressKind> refused) {
        this.allowed = allowed;
        this.advice = advice;
        this.refused = refused;
    }

    /**
     * Returns a policy that allows public addresses and the hosts of a list.
     *
     * @param advice returns where to add an entry, as a clause, for the entry that would allow a refused host
     */
    public static AddressPolicy publicAnd(AllowedHosts allowed, UnaryOperator<String> advice) {
        return new AddressPolicy(Optional.of(allowed), advice, new ConcurrentSkipListMap<>());
    }

    /** Returns a policy that also allows the hosts of another list. */
    public AddressPolicy alsoAllowing(AllowedHosts more) {
        return new AddressPolicy(allowed.map(hosts -> hosts.and(more)), advice, refused);
    }

    /** Returns the entries that would have allowed all addresses of a kind which were refused so far, sorted. */
    public List<String> refused(AddressKind kind) {
        return refused.entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns the addresses of a host that can be contacted.
     *
     * @param found the addresses of the name, or the literal address
     * @param lead the host whose realm or redirect led here; empty if the host comes from somewhere else
     * @throws AddressRefused if no address is allowed, or one of them is forbidden
     */
    public List<InetAddress> permitted(Host host, int port, List<InetAddress> found, Optional<Lead> lead)
            throws UnknownHostException {
        refuseMetadataName(host);
        List<InetAddress> permitted = new ArrayList<>();
        Optional<Refusal> first = Optional.empty();
        for (InetAddress address : found) {
            Optional<Refusal> refusal = refusal(host, port, address, lead);
            if (AddressKind.ofNetwork(address) == AddressKind.FORBIDDEN) {
                throw new AddressRefused(refusal.orElseThrow().why());
            }
            if (refusal.isEmpty()) {
                permitted.add(address);
            }
            first = first.or(() -> refusal);
        }
        if (!permitted.isEmpty()) {
            return permitted;
        }
        if (first.isEmpty()) {
            throw new UnknownHostException(host.name());
        }
        Refusal refusal = first.get();
        refusal.entry().ifPresent(entry -> refused.put(entry, refusal.kind()));
        throw new AddressRefused(refusal.why());
    }

    /** Checks everything that can be checked before the name is resolved, here or by a proxy. */
    void checkUnresolved(Host host, int port, Optional<Lead> lead) throws UnknownHostException {
        refuseMetadataName(host);
        if (host.literal().isPresent()) {
            permitted(host, port, List.of(host.literal().get()), lead);
        }
    }

    /**
     * Returns the kind of a host whose name only a proxy resolves. It limits the hosts to which answers of this host
     * lead.
     */
    AddressKind ofUnresolved(Host host, int port) {
        return host.literal()
                .map(AddressKind::ofNetwork)
                .orElse(
                        allowed.filter(hosts -> hosts.covers(host, port, Optional.empty()))
                                        .isPresent()
                                ? AddressKind.PRIVATE
                                : AddressKind.PUBLIC);
    }

    private static void refuseMetadataName(Host host) throws AddressRefused {
        if (METADATA_NAMES.contains(host.name())) {
            throw new AddressRefused(host.name() + " is a cloud's metadata service");
        }
    }

    /**
     * The refusal of an address.
     *
     * @param why the reason, for a sentence
     * @param entry the entry of the setting that would allow the address
     */
    private record Refusal(AddressKind kind, String why, Optional<String> entry) {}

    private Optional<Refusal> refusal(Host host, int port, InetAddress address, Optional<Lead> lead) {
        AddressKind kind = AddressKind.of(address);
        String where = host.name() + " is " + kind.inWords() + " " + address.getHostAddress();
        if (kind == AddressKind.FORBIDDEN) {
            return Optional.of(new Refusal(kind, where, Optional.empty()));
        }
        if (kind == AddressKind.PUBLIC) {
            return Optional.empty();
        }
        if (lead.isPresent() && !lead.get().canLeadTo(AddressKind.ofNetwork(address))) {
            return Optional.of(new Refusal(
                    kind,
                    where + ", and an answer of " + lead.get().host() + " must not lead there",
                    Optional.empty()));
        }
        if (allowed.isEmpty() || allowed.get().covers(host, port, Optional.of(address))) {
            return Optional.empty();
        }
        String entry = entry(host, port, address, kind);
        return Optional.of(
                new Refusal(kind, where + ", which no setting allows; " + advice.apply(entry), Optional.of(entry)));
    }

    /**
     * Returns the entry that would allow an address: the range of a private network, or the host and port of this
     * machine.
     */
    private static String entry(Host host, int port, InetAddress address, AddressKind kind) {
        if (kind == AddressKind.OWN) {
            return host.inUrl() + ":" + port;
        }
        return AddressKind.rangeOf(address)
                .map(range -> address.getAddress().length == 4
                        ? range.toString()
                        : Cidr.containing(address, ULA_SITE_BITS).toString())
                .orElse(host.inUrl() + ":" + port);
    }
}
