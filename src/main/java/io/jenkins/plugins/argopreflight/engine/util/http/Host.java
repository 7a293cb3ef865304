package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host in its normal form: a name in lower case without a trailing dot, or an address as numbers. The check and the
 * connection use the same form, so that they cannot mean two hosts.
 *
 * @param name such as {@code registry.example.com}, {@code 10.1.2.3} or {@code fd00:0:0:0:0:0:0:1}
 * @param literal the address; empty if the host is a name
 */
public record Host(String name, Optional<InetAddress> literal) {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]" + "([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]*|[0-9]+");
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*+:)[0-9a-f:.]++");
    private static final int MAX_NAME_CHARACTERS = 253;

    /**
     * Reads a host as it is written in a URL, with or without the brackets of an IPv6 address. IPv4 addresses can be
     * decimal, octal or hexadecimal and have one to four parts, as {@code inet_aton} and browsers read them.
     *
     * @return empty if it is neither a name nor an address
     */
    public static Optional<Host> parse(String written) {
        String text = written.toLowerCase(Locale.ROOT);
        if (text.startsWith("[") && text.endsWith("]")) {
            return ipv6(text.substring(1, text.length() - 1));
        }
        if (text.contains(":")) {
            return ipv6(text);
        }
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches()) {
            return ipv4(name.split("\\.", -1)).map(Host::of);
        }
        return name.length() <= MAX_NAME_CHARACTERS && NAME.matcher(name).matches()
                ? Optional.of(new Host(name, Optional.empty()))
                : Optional.empty();
    }

    /** Returns the host of a URL, also if {@link URI#getHost()} does not know its spelling. */
    public static Optional<Host> of(URI url) {
        if (url.getHost() != null) {
            return parse(url.getHost());
        }
        String authority = url.getRawAuthority();
        if (authority == null || authority.contains("@")) {
            return Optional.empty();
        }
        return parse(authority.replaceFirst(":[0-9]*$", ""));
    }

    static Host of(InetAddress address) {
        String numbers = address.getHostAddress();
        return new Host(numbers.replaceFirst("%.*", ""), Optional.of(address));
    }

    /** Returns the host as it is written in a URL. */
    public String inUrl() {
        return name.contains(":") ? "[" + name + "]" : name;
    }

    private static Optional<Host> ipv6(String text) {
        String bare = text.replaceFirst("%.*", "");
        if (!IPV6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(InetAddress.getByName("[" + bare + "]")));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads an IPv4 address. The last part fills the bytes that the others leave: {@code 127.1} is {@code 127.0.0.1}.
     */
    private static Optional<InetAddress> ipv4(String[] parts) {
        if (parts.length > 4) {
            return Optional.empty();
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isLast = i == parts.length - 1;
            int bits = isLast ? 8 * (4 - i) : 8;
            Optional<Long> value = number(parts[i]).filter(n -> n < 1L << bits);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            address = address << bits | value.get();
        }
        byte[] four = {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
        try {
            return Optional.of(InetAddress.getByAddress(four));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Long> number(String text) {
        if (!NUMBER.matcher(text).matches() || text.length() > 20) {
            return Optional.empty();
        }
        try {
            if (text.startsWith("0x")) {
                return Optional.of(text.length() == 2 ? 0L : Long.parseLong(text.substring(2), 16));
            }
            boolean octal = text.length() > 1 && text.startsWith("0");
            return Optional.of(Long.parseLong(text, octal ? 8 : 10));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
