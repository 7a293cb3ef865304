package io.jenkins.plugins.argopreflight.engine.workflow.model;

/** Addresses that a workflow asks, as they can be shown: their user, password and query can be secrets. */
public final class Addresses {

    private static final int MOST = 200;

    private Addresses() {}

    /** Without the password before the host, and without all after a question mark. */
    public static String shown(String address) {
        String start = address.strip();
        start = start.substring(0, Math.min(MOST, start.length()));
        int query = start.indexOf('?');
        String place = query < 0 ? start : start.substring(0, query) + "?…";
        int scheme = place.indexOf("://");
        int at = place.lastIndexOf('@');
        return scheme >= 0 && at > scheme ? place.substring(0, scheme + 3) + "…" + place.substring(at) : place;
    }
}
