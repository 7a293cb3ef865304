package io.jenkins.plugins.argopreflight.engine.cluster;

import java.util.Objects;

/** A kubeconfig, or the choice of a context in it, that leads to no cluster: one line that says what to change. */
public final class KubeconfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KubeconfigException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
