package io.jenkins.plugins.argopreflight.engine.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses that a name from outside must never lead us to: link-local ones, and those of clouds' metadata services, also
 * where one of IPv4 is written inside one of IPv6.
 */
public final class MetadataAddress {

    /** AWS, Alibaba, Oracle (both), Google, and Azure's WireServer. */
    private static final Set<String> KNOWN = Set.of(
            "fd00:ec2:0:0:0:0:0:254",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:c1:0:0:0:0:a9fe:a9fe",
            "fd20:ce:0:0:0:0:0:254",
            "168.63.129.16");

    private static final int SIX_TO_FOUR = 0x2002;
    private static final int NAT64 = 0x64;
    private static final int NAT64_SECOND = 0xff9b;

    private MetadataAddress() {}

    public static boolean is(InetAddress address) {
        return address.isLinkLocalAddress()
                || KNOWN.contains(address.getHostAddress())
                || embedded(address.getAddress()).filter(MetadataAddress::is).isPresent();
    }

    /**
     * The IPv4 address inside NAT64's 64:ff9b::/96 (RFC 6052), 6to4's 2002::/16 (RFC 3056) or an IPv4-compatible address;
     * Java itself undoes IPv4-mapped ones.
     */
    private static Optional<InetAddress> embedded(byte[] bytes) {
        if (bytes.length != 16) {
            return Optional.empty();
        }
        int first = group(bytes, 0);
        int second = group(bytes, 2);
        if (first == SIX_TO_FOUR) {
            return Optional.of(address(Arrays.copyOfRange(bytes, 2, 6)));
        }
        boolean translated = first == NAT64 && second == NAT64_SECOND || first == 0 && second == 0;
        return translated ? Optional.of(address(Arrays.copyOfRange(bytes, 12, 16))) : Optional.empty();
    }

    private static int group(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static InetAddress address(byte[] four) {
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
