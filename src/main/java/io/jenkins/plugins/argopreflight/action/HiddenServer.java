package io.jenkins.plugins.argopreflight.action;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an API server, to be left out of texts: its URL, its host with its port, and its host, each where it
 * is a whole word and no part of another name.
 */
final class HiddenServer {

    private static final String UNNAMED = "(the cluster)";

    /** What is shorter without a dot is a word of any sentence, and is hidden only in a URL or before its port. */
    private static final int SHORTEST_NAME = 3;

    private static final String BEFORE = "(?<![\\w.-])";
    private static final String AFTER = "(?![\\w-]|[.][\\w-])";

    private final List<Pattern> patterns = new ArrayList<>();
    private final String name;

    /** @param server its URL; "" for none */
    HiddenServer(String server) {
        this(server, UNNAMED);
    }

    /**
     * @param server its URL; "" for none
     * @param name what is shown in place of it
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
            // A folder of a snapshot: all of it is hidden already.
        }
    }

    private void addHost(String host) {
        boolean manyLabels = host.contains(".") || host.contains(":");
        if (!isLoopback(host) && (manyLabels || host.length() >= SHORTEST_NAME)) {
            add(host, manyLabels ? Pattern.CASE_INSENSITIVE : 0);
        }
    }

    /** It does not show where a cluster is, and can be the address of a registry too. */
    private static boolean isLoopback(String host) {
        return host.startsWith("127.") || host.equals("localhost") || host.equals("[::1]");
    }

    private void add(String address, int flags) {
        patterns.add(Pattern.compile(BEFORE + Pattern.quote(address) + AFTER, flags));
    }

    /** The same text with something in place of the address. */
    String in(String text) {
        String hidden = text;
        for (Pattern pattern : patterns) {
            hidden = pattern.matcher(hidden).replaceAll(name);
        }
        return hidden;
    }
}
