package io.jenkins.plugins.argopreflight.engine.cluster.kubeconfig;

/** Names and keys of a kubeconfig in messages. */
final class KubeconfigNames {

    private static final int LONGEST = 100;

    private KubeconfigNames() {}

    /** A name of at most 100 characters, so that a message stays one. */
    static String shorten(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
    }
}
