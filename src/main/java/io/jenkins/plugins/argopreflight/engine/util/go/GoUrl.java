package io.jenkins.plugins.argopreflight.engine.util.go;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * An http or https URL as Go's <a href="https://pkg.go.dev/net/url#Parse">url.Parse</a> reads it, with the parts that
 * registry keys need. Java's URI refuses other texts and leaves percent escapes in. As in Kubernetes 1.34 and Argo 4.0,
 * a host can have several colons: Go refuses them only in a module of Go 1.26 or newer (GODEBUG urlstrictcolons).
 *
 * @param host host[:port], bytes as in {@link GoBytes}
 * @param path the path, unescaped, bytes
 */
public record GoUrl(String host, String path) {

    private static final String HOST_PUNCTUATION = "!\"$&'()*+,-.:;<=>[]_~";
    private static final String USER_PUNCTUATION = "-._:~!$&'()*+,;=%@";

    /** Reads {@code https://} followed by the given bytes; empty if Go returns an error. */
    public static Optional<GoUrl> parse(String schemeless) {
        try {
            return Optional.of(read(schemeless));
        } catch (SyntaxException e) {
            return Optional.empty();
        }
    }

    /** The host without its port. IPv6 loses its brackets only if a port follows, as in Go's net.SplitHostPort. */
    public String hostname() {
        int colon = host.lastIndexOf(':');
        if (colon < 0) {
            return host;
        }
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            boolean split = end + 1 == colon && host.indexOf('[', 1) < 0 && host.indexOf(']', end + 1) < 0;
            return split ? host.substring(1, end) : host;
        }
        String before = host.substring(0, colon);
        boolean split = before.indexOf(':') < 0 && host.indexOf('[') < 0 && host.indexOf(']') < 0;
        return split ? before : host;
    }

    /** The port, "" for none. */
    public String port() {
        return hostname().equals(host) ? "" : host.substring(host.lastIndexOf(':') + 1);
    }

    private static GoUrl read(String schemeless) throws SyntaxException {
        int hash = schemeless.indexOf('#');
        String rest = hash < 0 ? schemeless : schemeless.substring(0, hash);
        if (rest.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new SyntaxException();
        }
        unescape(hash < 0 ? "" : schemeless.substring(hash + 1));
        int query = rest.indexOf('?');
        if (query >= 0) {
            rest = rest.substring(0, query);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String host = host(authority.substring(at + 1));
        user(at < 0 ? "" : authority.substring(0, at));
        return new GoUrl(host, unescape(slash < 0 ? "" : rest.substring(slash)));
    }

    private static void user(String userinfo) throws SyntaxException {
        if (!userinfo.chars().allMatch(c -> alphanumeric(c) || USER_PUNCTUATION.indexOf(c) >= 0)) {
            throw new SyntaxException();
        }
        unescape(userinfo);
    }

    private static String host(String host) throws SyntaxException {
        int open = host.lastIndexOf('[');
        if (open > 0) {
            throw new SyntaxException();
        }
        if (open == 0) {
            return literal(host);
        }
        int colon = host.lastIndexOf(':');
        port(colon < 0 ? "" : host.substring(colon));
        return unescapeHost(host);
    }

    private static String literal(String host) throws SyntaxException {
        int close = host.lastIndexOf(']');
        if (close < 0) {
            throw new SyntaxException();
        }
        String port = host.substring(close + 1);
        port(port);
        String address = host.substring(1, close);
        int zone = address.indexOf("%25");
        String plain = zone < 0
                ? unescapeHost(address)
                : unescapeHost(address.substring(0, zone)) + unescapeZone(address.substring(zone));
        if (!GoIpv6.valid(plain)) {
            throw new SyntaxException();
        }
        return "[" + plain + "]" + port;
    }

    private static void port(String colonPort) throws SyntaxException {
        if (!colonPort.isEmpty() && !colonPort.matches(":[0-9]*")) {
            throw new SyntaxException();
        }
    }

    private static String unescapeHost(String text) throws SyntaxException {
        return unescape(text, escaped -> escaped >= 0x80);
    }

    private static String unescapeZone(String text) throws SyntaxException {
        return unescape(
                text, escaped -> escaped == ' ' || alphanumeric(escaped) || HOST_PUNCTUATION.indexOf(escaped) >= 0);
    }

    private static String unescape(String text, IntPredicate canBeEscaped) throws SyntaxException {
        String plain = unescape(text);
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            boolean allowed = c >= 0x80 || alphanumeric(c) || HOST_PUNCTUATION.indexOf(c) >= 0;
            if (c == '%') {
                int escaped = Integer.parseInt(text.substring(i + 1, i + 3), 16);
                allowed = escaped == '%' || canBeEscaped.test(escaped);
                i += 2;
            }
            if (!allowed) {
                throw new SyntaxException();
            }
        }
        return plain;
    }

    private static String unescape(String text) throws SyntaxException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                plain.append(text.charAt(i));
                continue;
            }
            if (!text.substring(i + 1, Math.min(i + 3, text.length())).matches("[0-9a-fA-F]{2}")) {
                throw new SyntaxException();
            }
            plain.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
            i += 2;
        }
        return plain.toString();
    }

    private static boolean alphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
