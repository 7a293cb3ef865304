package io.jenkins.plugins.argopreflight.engine.cluster;

/** A kubeconfig, or the choice of a context in it, that leads to no cluster: one line that says what to change. */
public final class KubeconfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KubeconfigException(String message) {
        super(message);
    }
}
