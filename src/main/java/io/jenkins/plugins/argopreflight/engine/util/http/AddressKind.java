package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The kind of an address, from the most public on. An IPv6 address with an IPv4 address inside has the less public kind
 * of the two.
 */
public enum AddressKind {
    /** An address on the internet. */
    PUBLIC,
    /** An address of a private network (RFC 1918, RFC 4193, RFC 6598, and others that are not routed). */
    PRIVATE,
    /** An address of this machine: loopback, or that of one of its interfaces. */
    OWN,
    /**
     * An address that is never contacted: link-local, a cloud's metadata service, unspecified, multicast, broadcast.
     */
    FORBIDDEN;

    /**
     * Addresses of the metadata services of AWS (and its agent for pods), Alibaba, Oracle (both), Google and Scaleway,
     * and of Azure's WireServer.
     */
    private static final Set<String> METADATA = Set.of(
            "fd00:ec2:0:0:0:0:0:254",
            "fd00:ec2:0:0:0:0:0:23",
            "fd00:42:0:0:0:0:0:42",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:c1:0:0:0:0:a9fe:a9fe",
            "fd20:ce:0:0:0:0:0:254",
            "168.63.129.16");

    private static final List<Cidr> PRIVATE_RANGES = Stream.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "198.18.0.0/15",
                    "240.0.0.0/4",
                    "fc00::/7",
                    "fec0::/10")
            .map(range -> Cidr.parse(range).orElseThrow())
            .toList();
    private static final List<Cidr> UNSPECIFIED = Stream.of("0.0.0.0/8", "255.255.255.255/32", "::/128")
            .map(range -> Cidr.parse(range).orElseThrow())
            .toList();
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96").orElseThrow();
    private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48").orElseThrow();
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16").orElseThrow();
    private static final Cidr TEREDO = Cidr.parse("2001::/32").orElseThrow();
    private static final Cidr COMPATIBLE = Cidr.parse("::/96").orElseThrow();
    private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96").orElseThrow();

    /** Returns the kind of an address for this machine. */
    public static AddressKind of(InetAddress address) {
        return of(address, OwnAddresses.OF_MACHINE);
    }

    static AddressKind of(InetAddress address, Predicate<InetAddress> own) {
        AddressKind kind = ofNetwork(address);
        boolean onMachine =
                kind != FORBIDDEN && (own.test(address) || embedded(address).anyMatch(own));
        return onMachine ? OWN : kind;
    }

    /**
     * Returns the kind that an address has for any machine of its network: only loopback is own, and an interface of
     * this machine has the kind of its network. This kind limits the hosts to which a server's redirect or realm can
     * lead. So a server at an interface of this machine can lead to the same hosts as the other servers of its network,
     * and not to loopback.
     */
    static AddressKind ofNetwork(InetAddress address) {
        if (isForbidden(address)) {
            return FORBIDDEN;
        }
        if (address.isLoopbackAddress()) {
            return OWN;
        }
        if (LOCAL_NAT64.contains(address)) {
            return worst(PRIVATE, ofLocalNat64(address));
        }
        AddressKind range = rangeOf(address).isPresent() ? PRIVATE : PUBLIC;
        return embedded(address).map(AddressKind::ofNetwork).reduce(range, AddressKind::worst);
    }

    /** Returns the less public of two kinds. */
    static AddressKind worst(AddressKind one, AddressKind other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Returns the known private network that contains an address. */
    static Optional<Cidr> rangeOf(InetAddress address) {
        return PRIVATE_RANGES.stream().filter(range -> range.contains(address)).findFirst();
    }

    /** Returns the kind as a part of a sentence: {@code the private address}. */
    String inWords() {
        return switch (this) {
            case PUBLIC -> "the public address";
            case PRIVATE -> "the private address";
            case OWN -> "this machine's own address";
            case FORBIDDEN -> "the link-local or metadata address";
        };
    }

    private static boolean isForbidden(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(Host.of(address).name())
                || UNSPECIFIED.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Returns the IPv4 addresses inside NAT64's 64:ff9b::/96 (RFC 6052) and 64:ff9b:1::/48 (RFC 8215), 6to4's 2002::/16
     * (RFC 3056), Teredo's 2001::/32 (RFC 4380, inverted), an IPv4-compatible or an IPv4-translated address (RFC 7915).
     * RFC 8215 does not fix the length of the prefix. Therefore the IPv4 address is read at each of the four positions
     * that RFC 6052 defines for prefixes of 48 bits or more. Java itself resolves IPv4-mapped addresses.
     */
    private static Stream<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (LOCAL_NAT64.contains(address)) {
            return Stream.of(
                    ipv4(bytes, 12, 13, 14, 15),
                    ipv4(bytes, 9, 10, 11, 12),
                    ipv4(bytes, 7, 9, 10, 11),
                    ipv4(bytes, 6, 7, 9, 10));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Stream.of(ipv4(bytes, 2, 3, 4, 5));
        }
        if (TEREDO.contains(address)) {
            byte[] inverted = bytes.clone();
            for (int i = 12; i < 16; i++) {
                inverted[i] = (byte) ~bytes[i];
            }
            return Stream.of(ipv4(bytes, 4, 5, 6, 7), ipv4(inverted, 12, 13, 14, 15));
        }
        boolean last = NAT64.contains(address)
                || TRANSLATED.contains(address)
                || COMPATIBLE.contains(address) && !address.isLoopbackAddress();
        return last ? Stream.of(ipv4(bytes, 12, 13, 14, 15)) : Stream.empty();
    }

    /**
     * Returns the kind of an address in the local range of NAT64. It is forbidden if any of the four positions
     * has a link-local or metadata address, and own if the last position has a loopback address. Other bits of the
     * address are arbitrary and do not count.
     */
    private static AddressKind ofLocalNat64(InetAddress address) {
        boolean forbidden = embedded(address)
                .anyMatch(inside -> inside.isLinkLocalAddress()
                        || METADATA.contains(Host.of(inside).name()));
        AddressKind last = ofNetwork(ipv4(address.getAddress(), 12, 13, 14, 15));
        return forbidden ? FORBIDDEN : last == OWN ? OWN : PRIVATE;
    }

    private static InetAddress ipv4(byte[] bytes, int... at) {
        byte[] four = new byte[4];
        for (int i = 0; i < four.length; i++) {
            four[i] = bytes[at[i]];
        }
        try {
            return InetAddress.getByAddress(Arrays.copyOf(four, 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
