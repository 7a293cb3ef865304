package io.jenkins.plugins.argopreflight.action;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an API server that must not appear in texts: its URL, its host with port, and its host. Each is
 * replaced only as a whole word, not as a part of another name.
 */
final class HiddenServer {

    private static final String UNNAMED = "(the cluster)";

    /**
     * The minimum length of a host name without a dot, in characters. A shorter name can be a word of a sentence, and
     * is replaced only in a URL or before its port.
     */
    private static final int MIN_NAME_LENGTH = 3;

    private static final String NO_NAME_BEFORE = "(?<![\\w.-])";
    private static final String NO_NAME_AFTER = "(?![\\w-]|[.][\\w-])";

    private final List<Pattern> patterns = new ArrayList<>();
    private final String name;

    /**
     * Creates the patterns of a server.
     *
     * @param server the URL; "" for none
     */
    HiddenServer(String server) {
        this(server, UNNAMED);
    }

    /**
     * Creates the patterns of a server with its own replacement.
     *
     * @param server the URL; "" for none
     * @param name the text that replaces the address
     */
    HiddenServer(String server, String name) {
        this.name = Matcher.quoteReplacement(name);
        String address = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
        if (address.isEmpty()) {
            return;
        }
        add(address, Pattern.CASE_INSENSITIVE);
        try {
            URI uri = new URI(address);
            if (uri.getRawAuthority() != null && uri.getHost() != null) {
                add(uri.getScheme() + "://" + uri.getRawAuthority(), Pattern.CASE_INSENSITIVE);
                if (uri.getPort() >= 0) {
                    add(uri.getRawAuthority(), Pattern.CASE_INSENSITIVE);
                }
                addHost(uri.getHost());
            }
        } catch (URISyntaxException e) {
            // The address is the folder of a snapshot, which the first pattern covers completely.
        }
    }

    private void addHost(String host) {
        boolean manyLabels = host.contains(".") || host.contains(":");
        if (!isLoopback(host) && (manyLabels || host.length() >= MIN_NAME_LENGTH)) {
            add(host, manyLabels ? Pattern.CASE_INSENSITIVE : 0);
        }
    }

    /**
     * Returns whether a host is a loopback address. Such a host does not reveal where the cluster is, and can be the
     * address of a registry, too.
     */
    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    }

    private void add(String address, int flags) {
        patterns.add(Pattern.compile(NO_NAME_BEFORE + Pattern.quote(address) + NO_NAME_AFTER, flags));
    }

    /** Returns the text with the address replaced. */
    String redact(String text) {
        String hidden = text;
        for (Pattern pattern : patterns) {
            hidden = pattern.matcher(hidden).replaceAll(name);
        }
        return hidden;
    }
}
