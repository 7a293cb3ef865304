package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.http.Host;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of an API server: {@code https://host[:port][/path]}. It is read strictly, because libraries read unusual
 * URLs differently, and their errors can quote the whole URL.
 */
public final class ApiServerUrl {

    /** Matches a URL: group 1 is the host with its port, group 2 the path. */
    private static final Pattern PARTS =
            Pattern.compile("(?i)https?://([^/]*)((?:/(?:[A-Za-z0-9._~!$&'()*+,;=:/-]|%[0-9A-F]{2})*)?)");

    private static final Pattern TRAILING_SLASHES = Pattern.compile("(?<!/)/++$");
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern HOST =
            Pattern.compile("(?<name>" + LABEL + "(\\." + LABEL + ")*\\.?|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");
    private static final int MAX_URL_CHARACTERS = 2048;
    private static final int MAX_NAME_CHARACTERS = 253;
    private static final int LAST_PORT = 65535;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private ApiServerUrl() {}

    /** Returns a URL without the slashes at its end. */
    public static String withoutTrailingSlash(String url) {
        return TRAILING_SLASHES.matcher(url).replaceFirst("");
    }

    /** Returns the problem of a URL, as the rest of a sentence after "The server URL"; empty for a valid one. */
    public static Optional<String> problem(String url) {
        return problem(url, "an API server");
    }

    /**
     * Returns the problem of the URL of a server; empty for a valid one.
     *
     * @param server the kind of server, as in "is not the URL of an API server"
     */
    public static Optional<String> problem(String url, String server) {
        if (url.length() > MAX_URL_CHARACTERS) {
            return Optional.of("is longer than " + MAX_URL_CHARACTERS + " characters; write https://host[:port]");
        }
        if (!url.regionMatches(true, 0, "https://", 0, 8) && !url.regionMatches(true, 0, "http://", 0, 7)) {
            return Optional.of("does not begin with https://; write https://host[:port]");
        }
        if (url.indexOf('@') >= 0 || url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
            return Optional.of("must hold no user, query or fragment; write https://host[:port]");
        }
        Matcher parts = PARTS.matcher(url);
        Matcher host = HOST.matcher(parts.matches() ? parts.group(1) : "");
        if (!host.matches() || !isHost(host.group("name")) || parts.group(2).matches(".*/\\.{1,2}(/.*)?")) {
            return Optional.of("is not the URL of " + server + "; write https://host[:port]");
        }
        String port = host.group("port");
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > LAST_PORT)) {
            return Optional.of(
                    "has the port " + port + ", which is not from 1 to " + LAST_PORT + "; write https://host[:port]");
        }
        return Optional.empty();
    }

    /** Returns whether two URLs are valid and have the same scheme, host, port and path. */
    public static boolean isSame(String one, String other) {
        return problem(one).isEmpty()
                && problem(other).isEmpty()
                && normalize(one).equals(normalize(other));
    }

    private static String normalize(String url) {
        String scheme = url.substring(0, url.indexOf(':')).toLowerCase(Locale.ROOT);
        Matcher parts = PARTS.matcher(url);
        Matcher host = HOST.matcher(parts.matches() ? parts.group(1) : "");
        if (!host.matches()) {
            throw new IllegalArgumentException("not the URL of an API server");
        }
        String name = host.group("name");
        int port = host.group("port") != null
                ? Integer.parseInt(host.group("port"))
                : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        String path = parts.group(2);
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return scheme + "://" + Host.parse(name).map(Host::inUrl).orElse(name) + ":" + port + path.substring(0, end);
    }

    /** Returns whether a host is valid. Java reads an address in brackets without a request to a name server. */
    private static boolean isHost(String name) {
        if (!name.startsWith("[")) {
            return name.length() <= MAX_NAME_CHARACTERS;
        }
        try {
            return InetAddress.getByName(name) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
