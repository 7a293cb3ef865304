package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import java.util.List;
import java.util.Objects;

/**
 * The error for registry credentials, Secrets or image patterns that cannot be used: one sentence for each problem, and
 * never a password.
 */
public final class DockerConfigException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    DockerConfigException(String problem) {
        this(List.of(problem));
    }

    DockerConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each with what is wrong, where, and how to fix it. */
    public List<String> problems() {
        return problems == null ? List.of(getMessage()) : problems;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
