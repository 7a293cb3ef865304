package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

/** The form of names and keys of a kubeconfig in messages. */
final class KubeconfigNames {

    private static final int MAX_CHARACTERS = 100;

    private KubeconfigNames() {}

    /** Returns a name of at most 100 characters, so that a message stays short. */
    static String shorten(String name) {
        return name.length() <= MAX_CHARACTERS ? name : name.substring(0, MAX_CHARACTERS) + "…";
    }
}
