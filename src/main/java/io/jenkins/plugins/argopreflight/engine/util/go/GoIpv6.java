package io.jenkins.plugins.argopreflight.engine.util.go;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The syntax of IPv6 addresses that Go's <a href="https://pkg.go.dev/net/netip#ParseAddr">netip.ParseAddr</a> accepts.
 */
public final class GoIpv6 {

    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private GoIpv6() {}

    public static boolean valid(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (zone == text.length() - 1 || address.indexOf(':') < 0) {
            return false;
        }
        int gap = address.indexOf("::");
        if (gap < 0) {
            return lastGroups(address) == GROUPS;
        }
        String before = address.substring(0, gap);
        String after = address.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before);
        int right = after.isEmpty() ? 0 : lastGroups(after);
        return left >= 0 && right >= 0 && left + right < GROUPS;
    }

    /** Returns {@link #groups}; an IPv4 address at the end of the text counts as two groups. */
    private static int lastGroups(String text) {
        int colon = text.lastIndexOf(':');
        if (!IPV4.matcher(text.substring(colon + 1)).matches()) {
            return groups(text);
        }
        int before = colon < 0 ? 0 : groups(text.substring(0, colon));
        return before < 0 ? -1 : before + 2;
    }

    /** Returns the number of 16-bit groups in a text; -1 if one of its parts is not a group. */
    private static int groups(String text) {
        String[] parts = text.split(":", -1);
        boolean areGroups =
                Arrays.stream(parts).allMatch(part -> GROUP.matcher(part).matches());
        return areGroups ? parts.length : -1;
    }
}
