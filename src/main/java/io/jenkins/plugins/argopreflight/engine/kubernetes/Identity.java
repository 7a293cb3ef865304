package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * The user and groups for which the API server takes a login.
 *
 * @param user such as {@code jane} or {@code system:serviceaccount:ci:bot}
 * @param groups such as {@code system:authenticated}
 */
public record Identity(String user, List<String> groups) {

    /** The groups of every ServiceAccount. */
    public static final List<String> GROUPS_OF_SERVICE_ACCOUNTS =
            List.of("system:serviceaccounts", "system:authenticated");

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    public Identity {
        groups = List.copyOf(groups);
    }

    /** The namespace and name of a ServiceAccount. */
    public record ServiceAccount(String namespace, String name) {}

    /** Returns a ServiceAccount with the groups that the API server gives it; access reviews do not add them. */
    public static Identity ofServiceAccount(String namespace, String name) {
        return new Identity(
                userOfServiceAccount(namespace, name),
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"));
    }

    /** Returns the user name of a ServiceAccount. */
    public static String userOfServiceAccount(String namespace, String name) {
        return SERVICE_ACCOUNT + namespace + ":" + name;
    }

    /** Returns the ServiceAccount with this user name, if it is one of a ServiceAccount. */
    public static Optional<ServiceAccount> serviceAccount(String user) {
        String[] parts = user.split(":", -1);
        return user.startsWith(SERVICE_ACCOUNT) && parts.length == 4
                ? Optional.of(new ServiceAccount(parts[2], parts[3]))
                : Optional.empty();
    }
}
