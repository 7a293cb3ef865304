package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user and groups for which the API server takes a login.
 *
 * @param user such as {@code jane} or {@code system:serviceaccount:ci:bot}
 * @param groups such as {@code system:authenticated}
 */
public record Identity(String user, List<String> groups) {

    private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";
    private static final String AUTHENTICATED = "system:authenticated";

    /** The groups of every ServiceAccount. */
    public static final List<String> GROUPS_OF_SERVICE_ACCOUNTS = List.of(SERVICE_ACCOUNTS, AUTHENTICATED);

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    public Identity {
        groups = List.copyOf(groups);
    }

    /** The namespace and name of a ServiceAccount. */
    public record ServiceAccount(String namespace, String name) {}

    /** Returns a ServiceAccount with the groups that the API server gives it; access reviews do not add them. */
    public static Identity ofServiceAccount(String namespace, String name) {
        List<String> groups = new ArrayList<>(ownGroups(namespace));
        groups.add(AUTHENTICATED);
        return new Identity(userOfServiceAccount(namespace, name), groups);
    }

    /** Returns the groups of the ServiceAccounts of a namespace, without the one that every user with a login has. */
    static List<String> ownGroups(String namespace) {
        return List.of(SERVICE_ACCOUNTS, SERVICE_ACCOUNTS + ":" + namespace);
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
