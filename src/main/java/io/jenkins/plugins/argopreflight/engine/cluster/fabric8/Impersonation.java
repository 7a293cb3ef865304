package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import java.util.List;
import okhttp3.Headers;

/**
 * The headers of a request that acts as somebody else.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User
 *     impersonation</a>
 */
final class Impersonation {

    private static final String AUTHENTICATED = "system:authenticated";

    private Impersonation() {}

    /** Returns headers that name a user and exactly these groups; none without a user. */
    static Headers of(String user, List<String> groups) {
        Headers.Builder headers = new Headers.Builder();
        if (!user.isEmpty()) {
            headers.add("Impersonate-User", user);
            groups.forEach(group -> headers.add("Impersonate-Group", group));
        }
        return headers.build();
    }

    /**
     * Returns headers that name no group which the API server adds by itself: to name one takes the right to impersonate
     * it. It adds those of a ServiceAccount only when the request has none.
     */
    static Headers of(Identity who) {
        List<String> own = Identity.serviceAccount(who.user())
                .map(account -> Identity.ofServiceAccount(account.namespace(), account.name()))
                .map(Identity::groups)
                .orElse(List.of(AUTHENTICATED));
        List<String> named = who.groups().stream()
                .filter(group -> !group.equals(AUTHENTICATED))
                .toList();
        return of(who.user(), own.containsAll(who.groups()) ? List.of() : named);
    }
}
