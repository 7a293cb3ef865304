package io.jenkins.plugins.argopreflight.engine.util.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 10.0.0.0/8}.
 *
 * @param network the first address
 * @param length the number of bits that all its addresses share
 */
record Cidr(InetAddress network, int length) {

    /** Reads a range. Returns empty if the text is not a range, or if bits after its length are set. */
    static Optional<Cidr> parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(parts[1]);
        return Host.parse(parts[0])
                .flatMap(Host::literal)
                .filter(address -> length <= address.getAddress().length * 8)
                .map(address -> new Cidr(address, length))
                .filter(cidr ->
                        bits(cidr.network).equals(cidr.prefix(cidr.network).shiftLeft(cidr.hostBits())));
    }

    /**
     * Returns the range around an address.
     *
     * @param length the number of bits that all addresses of the range share
     */
    static Cidr containing(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean contains(InetAddress address) {
        return address.getAddress().length == network.getAddress().length
                && prefix(address).equals(prefix(network));
    }

    /** Returns the number of bits in which the addresses of the range differ. */
    private int hostBits() {
        return network.getAddress().length * 8 - length;
    }

    private BigInteger prefix(InetAddress address) {
        return bits(address).shiftRight(hostBits());
    }

    private static BigInteger bits(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    @Override
    public String toString() {
        return Host.of(network).name() + "/" + length;
    }
}
