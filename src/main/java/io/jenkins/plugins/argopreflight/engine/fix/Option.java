package io.jenkins.plugins.argopreflight.engine.fix;

/**
 * What the reader can set for Argo Preflight itself. A text names it as the command line does; where a step shows the
 * text, {@link #inStep} names the step's parameter or the configuration of Jenkins instead.
 */
public enum Option {
    REGISTRY_CA("--registry-ca", "the registry's CA in the configuration of Argo Preflight"),
    INSECURE_REGISTRY("--insecure-registry", "the insecure registries in the configuration of Argo Preflight"),
    NODE_CREDENTIALS("--node-credentials", "nodeCredentials of the cluster in Jenkins"),
    ARGO_VERSION("--argo-version", "argoVersion");

    private final String command;
    private final String step;

    Option(String command, String step) {
        this.command = command;
        this.step = step;
    }

    /** The text for readers of a step. */
    public static String inStep(String text) {
        String words = text;
        for (Option option : values()) {
            words = words.replace(option.command, option.step);
        }
        return words;
    }

    /** As the command line calls it. */
    @Override
    public String toString() {
        return command;
    }
}
