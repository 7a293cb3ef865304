package io.jenkins.plugins.argopreflight.engine.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Whom the API server takes us for.
 *
 * @param user such as {@code jane} or {@code system:serviceaccount:ci:bot}
 * @param groups such as {@code system:authenticated}
 */
public record Identity(String user, List<String> groups) {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    public Identity {
        groups = List.copyOf(groups);
    }

    /** A ServiceAccount's namespace and name. */
    public record ServiceAccount(String namespace, String name) {}

    /** A ServiceAccount with the groups that the API server puts it in; access reviews do not add them. */
    public static Identity ofServiceAccount(String namespace, String name) {
        return new Identity(
                SERVICE_ACCOUNT + namespace + ":" + name,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"));
    }

    /** The ServiceAccount that a user name stands for, if it does. */
    public static Optional<ServiceAccount> serviceAccount(String user) {
        String[] parts = user.split(":", -1);
        return user.startsWith(SERVICE_ACCOUNT) && parts.length == 4
                ? Optional.of(new ServiceAccount(parts[2], parts[3]))
                : Optional.empty();
    }
}
