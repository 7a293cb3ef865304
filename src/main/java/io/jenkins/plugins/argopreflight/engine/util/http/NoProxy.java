package io.jenkins.plugins.argopreflight.engine.util.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that are reached without a proxy: NO_PROXY by the rules of
 * <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config">Go's httpproxy</a>.
 */
final class NoProxy {

    private final List<String> entries;

    NoProxy(String value) {
        entries = Arrays.stream(value.split(","))
                .map(e -> e.strip().toLowerCase(Locale.ROOT))
                .filter(e -> !e.isEmpty())
                .toList();
    }

    boolean covers(URI url) {
        if (url.getHost() == null) {
            return false;
        }
        String host = bare(url.getHost().toLowerCase(Locale.ROOT));
        int standard = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        int port = url.getPort() < 0 ? standard : url.getPort();
        return entries.stream().anyMatch(entry -> covers(entry, host, port));
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inRange(entry, host);
        }
        int colon = entry.lastIndexOf(':');
        boolean withPort = colon > 0 && (entry.startsWith("[") ? entry.contains("]:") : entry.indexOf(':') == colon);
        if (withPort && !entry.substring(colon + 1).equals(String.valueOf(port))) {
            return false;
        }
        String name = bare(withPort ? entry.substring(0, colon) : entry);
        if (isAddress(name)) {
            return isAddress(host) && address(host).equals(address(name));
        }
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.startsWith(".") ? host.endsWith(name) : host.equals(name) || host.endsWith("." + name);
    }

    private static boolean inRange(String range, String host) {
        String[] parts = range.split("/", 2);
        if (!isAddress(parts[0]) || !isAddress(host) || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        byte[] network = address(parts[0]).getAddress();
        byte[] candidate = address(host).getAddress();
        int shift = network.length * 8 - Integer.parseInt(parts[1]);
        return network.length == candidate.length
                && shift >= 0
                && new BigInteger(1, network).shiftRight(shift).equals(new BigInteger(1, candidate).shiftRight(shift));
    }

    private static String bare(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isAddress(String text) {
        return text.matches("\\d{1,3}(\\.\\d{1,3}){3}") || (text.contains(":") && text.matches("[0-9a-f:.]+"));
    }

    /** Reads an address. Names are never looked up here: it is called with addresses only. */
    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
