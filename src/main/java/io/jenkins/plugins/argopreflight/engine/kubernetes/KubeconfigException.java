package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.Objects;

/**
 * The error for a kubeconfig, or the choice of a context in it, that leads to no cluster: one line with the change to
 * make.
 */
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
