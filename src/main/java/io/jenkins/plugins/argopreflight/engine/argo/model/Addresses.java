package io.jenkins.plugins.argopreflight.engine.argo.model;

/** The addresses of a workflow in a form that can be printed: a user, password or query can be a secret. */
public final class Addresses {

    private static final int MAX_CHARACTERS = 200;

    private Addresses() {}

    /** Returns the address without the user and password before the host, and without its query. */
    public static String shown(String address) {
        String beginning = address.strip();
        beginning = beginning.substring(0, Math.min(MAX_CHARACTERS, beginning.length()));
        int query = beginning.indexOf('?');
        String withoutQuery = query < 0 ? beginning : beginning.substring(0, query) + "?…";
        int scheme = withoutQuery.indexOf("://");
        int at = withoutQuery.lastIndexOf('@');
        return scheme >= 0 && at > scheme
                ? withoutQuery.substring(0, scheme + 3) + "…" + withoutQuery.substring(at)
                : withoutQuery;
    }
}
