package io.jenkins.plugins.argopreflight.engine.net;

import java.net.InetAddress;
import java.util.Set;

/** Addresses that a name from outside must never lead us to: link-local ones, and those of clouds' metadata services. */
public final class MetadataAddress {

    private static final Set<String> KNOWN =
            Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192", "fd20:ce:0:0:0:0:0:254");

    private MetadataAddress() {}

    public static boolean is(InetAddress address) {
        return address.isLinkLocalAddress()
                || KNOWN.contains(address.getHostAddress())
                || embedded(address.getAddress());
    }

    /** An IPv4 link-local address inside NAT64's 64:ff9b::/96 or an IPv4-compatible address. */
    private static boolean embedded(byte[] bytes) {
        if (bytes.length != 16 || (bytes[12] & 0xff) != 169 || (bytes[13] & 0xff) != 254) {
            return false;
        }
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        boolean compatible = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        return nat64 || compatible;
    }
}
