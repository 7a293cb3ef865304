package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A list of hosts: names, {@code *.example.com} for all names below, addresses, CIDR ranges. A port after any entry but
 * a range limits it to that port.
 */
public final class AllowedHosts {

    /** The empty list. */
    public static final AllowedHosts NONE = new AllowedHosts(List.of());

    /** The content of one line of the list. */
    private record Entry(String suffix, Optional<Host> host, Optional<Cidr> range, OptionalInt port) {

        boolean covers(Host asked, int askedPort, Optional<InetAddress> address) {
            if (port.isPresent() && port.getAsInt() != askedPort) {
                return false;
            }
            if (range.isPresent()) {
                return address.filter(at -> coversInRange(range.get(), at)).isPresent();
            }
            return host.map(one -> one.literal().isPresent() ? one.literal().equals(address) : one.equals(asked))
                    .orElseGet(() -> asked.literal().isEmpty() && asked.name().endsWith(suffix));
        }
    }

    /**
     * Returns whether a range covers an address. A range of an internal network stands for the servers in it, not for
     * this machine beside them: its interfaces are covered only by their name or address. Loopback is covered by a
     * range of loopback.
     */
    private static boolean coversInRange(Cidr range, InetAddress address) {
        boolean onInterface = AddressKind.of(address) != AddressKind.ofNetwork(address);
        return range.contains(address) && (!onInterface || range.length() == address.getAddress().length * Byte.SIZE);
    }

    /** The machines whose addresses an entry covers. */
    private enum Reach {
        ALL_MACHINES,
        OTHER_MACHINES
    }

    private record Line(Entry entry, Reach reach) {

        boolean covers(Host asked, int port, Optional<InetAddress> address) {
            boolean own =
                    address.filter(at -> AddressKind.of(at) == AddressKind.OWN).isPresent();
            return (reach == Reach.ALL_MACHINES || !own) && entry.covers(asked, port, address);
        }
    }

    private final List<Line> lines;

    private AllowedHosts(List<Line> lines) {
        this.lines = lines;
    }

    /** Reads the entries. Those with a {@link #problem} cover nothing. */
    public static AllowedHosts of(Collection<String> entries) {
        return new AllowedHosts(entries.stream()
                .flatMap(entry -> parse(entry).stream())
                .map(entry -> new Line(entry, Reach.ALL_MACHINES))
                .toList());
    }

    /**
     * Reads the hosts that a folder lists, in its clusters or in the domain of its credentials. Those who configure a
     * folder are not always administrators. So the entries cover private networks but never this machine's own
     * addresses, and only hosts count: a range covers nothing.
     */
    public static AllowedHosts ofFolder(Collection<String> entries) {
        return new AllowedHosts(entries.stream()
                .flatMap(entry -> parse(entry).stream())
                .filter(entry -> entry.range().isEmpty())
                .map(entry -> new Line(entry, Reach.OTHER_MACHINES))
                .toList());
    }

    /** Returns the entries of both lists. */
    public AllowedHosts and(AllowedHosts other) {
        return new AllowedHosts(
                Stream.concat(lines.stream(), other.lines.stream()).toList());
    }

    /** Returns the problem of an entry as one sentence, or empty. */
    public static Optional<String> problem(String entry) {
        return parse(entry).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "\"" + entry + "\" is not a host: write a name (registry.example.com), all names below one"
                                + " (*.example.com), an address, a range (10.0.0.0/8), or one of them but a range with a port"
                                + " (registry.example.com:5000, [fd00::1]:5000).");
    }

    boolean covers(Host host, int port, Optional<InetAddress> address) {
        return lines.stream().anyMatch(line -> line.covers(host, port, address));
    }

    private static Optional<Entry> parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        if (text.contains("/")) {
            return Cidr.parse(text)
                    .map(range -> new Entry("", Optional.empty(), Optional.of(range), OptionalInt.empty()));
        }
        int colon = text.lastIndexOf(':');
        boolean ported = colon >= 0 && (text.startsWith("[") ? !text.endsWith("]") : text.indexOf(':') == colon);
        OptionalInt port = ported ? port(text.substring(colon + 1)) : OptionalInt.empty();
        if (ported && port.isEmpty()) {
            return Optional.empty();
        }
        String name = ported ? text.substring(0, colon) : text;
        boolean below = name.startsWith("*.");
        return Host.parse(below ? name.substring(2) : name)
                .filter(host -> !below || host.literal().isEmpty())
                .map(host -> below
                        ? new Entry("." + host.name(), Optional.empty(), Optional.empty(), port)
                        : new Entry("", Optional.of(host), Optional.empty(), port));
    }

    private static OptionalInt port(String text) {
        boolean number = text.matches("\\d{1,5}");
        int port = number ? Integer.parseInt(text) : 0;
        return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
}
