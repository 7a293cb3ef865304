package io.jenkins.plugins.argopreflight.step.secret;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which blocks of this controller live on one and the same Secret: only the last of them takes it away. Blocks of other
 * controllers are not known here; give their Secrets other names.
 */
final class SecretHolds {

    private static final SecretHolds OF_THIS_CONTROLLER = new SecretHolds();

    private final Map<String, Set<String>> holders = new HashMap<>();
    private final Set<String> deletable = new HashSet<>();

    static SecretHolds get() {
        return OF_THIS_CONTROLLER;
    }

    /**
     * A block begins to live on the Secret.
     *
     * @param created whether the Secret is there because of it, and may go with the last block
     */
    synchronized void hold(String server, String namespace, String name, String block, boolean created) {
        String secret = key(server, namespace, name);
        holders.computeIfAbsent(secret, any -> new HashSet<>()).add(block);
        if (created) {
            deletable.add(secret);
        }
    }

    /** A block ends; whether the Secret is to be deleted now. */
    synchronized boolean release(String server, String namespace, String name, String block) {
        String secret = key(server, namespace, name);
        Collection<String> left = holders.getOrDefault(secret, new HashSet<>());
        left.remove(block);
        if (!left.isEmpty()) {
            return false;
        }
        holders.remove(secret);
        return deletable.remove(secret);
    }

    /** Whether another block lives on it. */
    synchronized boolean isShared(String server, String namespace, String name, String block) {
        return holders.getOrDefault(key(server, namespace, name), Set.of()).stream()
                .anyMatch(holder -> !holder.equals(block));
    }

    private static String key(String server, String namespace, String name) {
        return server + " " + namespace + "/" + name;
    }
}
