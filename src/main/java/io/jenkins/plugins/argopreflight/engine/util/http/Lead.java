package io.jenkins.plugins.argopreflight.engine.util.http;

/**
 * A host whose answer leads to another host, by a realm or a redirect.
 *
 * @param host the name of the host
 * @param kind the most public kind of the addresses that were contacted on the way
 */
public record Lead(String host, AddressKind kind) {

    /**
     * Returns whether an answer can lead to an address. A public host leads to public addresses only, and only a host
     * on this machine leads to this machine.
     */
    boolean canLeadTo(AddressKind target) {
        return kind.compareTo(target) >= 0;
    }

    /** Returns this lead after one more host was contacted. */
    public Lead past(AddressKind next) {
        return kind.compareTo(next) <= 0 ? this : new Lead(host, next);
    }
}
