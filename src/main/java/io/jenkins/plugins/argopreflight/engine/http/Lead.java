package io.jenkins.plugins.argopreflight.engine.http;

/**
 * A host whose answer, a realm or a redirect, names another one.
 *
 * @param host its name
 * @param kind the most public of the addresses that were asked on the way
 */
public record Lead(String host, AddressKind kind) {

    /** A public host leads to public addresses only, and to this machine only what is on it. */
    boolean mayLeadTo(AddressKind target) {
        return kind.compareTo(target) >= 0;
    }

    /** The same host, after one more was asked. */
    public Lead past(AddressKind next) {
        return kind.compareTo(next) <= 0 ? this : new Lead(host, next);
    }
}
