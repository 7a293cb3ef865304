package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoIpv6;
import java.util.Optional;
import java.util.regex.Pattern;

/** The syntax of the host[:port] of an image name. A key with a host of another syntax never matches an image. */
final class HostSyntax {

    private static final int MAX_PORT = 65_535;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9*]|[a-z0-9*][a-z0-9*-]*[a-z0-9*]");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private HostSyntax() {}

    /** Returns the problem of a lower-case host[:port] and how to fix it; empty if there is none. */
    static Optional<String> problem(String authority) {
        if (authority.startsWith("[")) {
            return ipv6(authority);
        }
        int colon = authority.indexOf(':');
        if (colon != authority.lastIndexOf(':')) {
            return Optional.of("an IPv6 address needs brackets and a port; write [::1]:5000");
        }
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (host.isEmpty()) {
            return Optional.of("the host is missing; write host[:port]");
        }
        if (host.indexOf('[') >= 0) {
            return Optional.of(
                    "\"[\" starts an IPv6 address; write one key for each host instead of a character class");
        }
        for (String label : host.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return Optional.of("no image name can have that host (letters, digits and \"-\" between dots)");
            }
        }
        if (colon >= 0) {
            return port(authority.substring(colon + 1));
        }
        return host.indexOf('.') >= 0 || host.equals("localhost")
                ? Optional.empty()
                : Optional.of("without a dot or a port, " + host + "/app names a repository of Docker Hub;"
                        + " write host:port or the host's full name");
    }

    private static Optional<String> ipv6(String authority) {
        int close = authority.indexOf(']');
        if (close < 0 || !GoIpv6.valid(authority.substring(1, close)) || authority.indexOf('%') >= 0) {
            return Optional.of("between the brackets must be an IPv6 address without zone; write [::1]:5000");
        }
        if (close == authority.length() - 1) {
            return Optional.of("the kubelet never matches an IPv6 address without port; write the port in the key and"
                    + " in the image, such as " + authority + ":443");
        }
        return authority.charAt(close + 1) == ':'
                ? port(authority.substring(close + 2))
                : Optional.of("after the brackets comes the port; write [::1]:5000");
    }

    private static Optional<String> port(String port) {
        if (port.indexOf('*') >= 0) {
            return Optional.of("a wildcard in a port matches nothing; write one key for each port");
        }
        boolean isValid = PORT.matcher(port).matches() && Integer.parseInt(port) <= MAX_PORT;
        return isValid ? Optional.empty() : Optional.of("the port must be 1 to 65535, without leading zero");
    }
}
