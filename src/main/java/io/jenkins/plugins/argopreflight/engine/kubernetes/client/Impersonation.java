package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import java.util.List;
import okhttp3.Headers;

/**
 * The user and groups that a request acts as, and their headers.
 *
 * @param user "" for none
 * @param groups exactly the groups in the request
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User
 *     impersonation</a>
 */
record Impersonation(String user, List<String> groups) {

    private static final String AUTHENTICATED = "system:authenticated";

    static final Impersonation NONE = new Impersonation("", List.of());

    /**
     * Adds the headers.
     *
     * @throws IllegalArgumentException if a header cannot have a name as its value
     */
    void addTo(Headers.Builder headers) {
        if (!user.isEmpty()) {
            headers.add("Impersonate-User", user);
            groups.forEach(group -> headers.add("Impersonate-Group", group));
        }
    }

    /**
     * Returns the impersonation of an identity, without groups that the API server adds by itself: requesting a group
     * requires the right to impersonate it. The server adds the groups of a ServiceAccount only if the request has no
     * group.
     */
    static Impersonation of(Identity who) {
        List<String> own = Identity.serviceAccount(who.user())
                .map(account -> Identity.ofServiceAccount(account.namespace(), account.name()))
                .map(Identity::groups)
                .orElse(List.of(AUTHENTICATED));
        List<String> named = who.groups().stream()
                .filter(group -> !group.equals(AUTHENTICATED))
                .toList();
        return new Impersonation(who.user(), own.containsAll(who.groups()) ? List.of() : named);
    }
}
