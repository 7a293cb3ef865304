package io.jenkins.plugins.argopreflight.step.submit;

import io.jenkins.plugins.argopreflight.engine.fact.Label;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens to a workflow when its build ends before it. */
enum OnAbort {
    STOP(Optional.of(Shutdown.STOP)),
    TERMINATE(Optional.of(Shutdown.TERMINATE)),
    LEAVE(Optional.empty());

    private final transient Optional<Shutdown> shutdown;

    OnAbort(Optional<Shutdown> shutdown) {
        this.shutdown = shutdown;
    }

    /** As a Jenkinsfile says it. */
    String word() {
        return Label.of(this);
    }

    Optional<Shutdown> shutdown() {
        return shutdown;
    }

    /** @throws IllegalArgumentException for any other word */
    static OnAbort of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.OnAbort_unknown(
                        word, Arrays.stream(values()).map(OnAbort::word).collect(Collectors.joining(", ")))));
    }
}
