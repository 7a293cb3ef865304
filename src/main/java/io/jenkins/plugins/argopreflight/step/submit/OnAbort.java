package io.jenkins.plugins.argopreflight.step.submit;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The action on a workflow when its build ends before it. */
enum OnAbort {
    STOP(Optional.of(Shutdown.STOP)),
    TERMINATE(Optional.of(Shutdown.TERMINATE)),
    LEAVE(Optional.empty());

    private final transient Optional<Shutdown> shutdown;

    OnAbort(Optional<Shutdown> shutdown) {
        this.shutdown = shutdown;
    }

    /** Returns the value in a Jenkinsfile. */
    String word() {
        return Label.of(this);
    }

    Optional<Shutdown> shutdown() {
        return shutdown;
    }

    /**
     * Returns the action for a value of a Jenkinsfile.
     *
     * @throws IllegalArgumentException for an unknown value
     */
    static OnAbort of(String value) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.OnAbort_unknown(
                        value, Arrays.stream(values()).map(OnAbort::word).collect(Collectors.joining(", ")))));
    }
}
