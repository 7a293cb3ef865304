package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ProgramTokenTest {

    private final Queue<String> program = new ArrayDeque<>(List.of("second", "", "third"));

    private Password run() {
        String token = program.remove();
        if (token.isEmpty()) {
            throw new KubeconfigException("the program gave no credential");
        }
        return Password.of(token);
    }

    @Test
    void shouldRunTheProgramAgainWhenTheServerRefusesItsToken() {
        ProgramToken token = new ProgramToken(Password.of("first"), this::run, Duration.ZERO);

        token.refused(Password.of("first"));
        assertThat(token.get().reveal()).isEqualTo("second");

        // Another thread was refused before: the token is a new one already.
        token.refused(Password.of("first"));
        assertThat(token.get().reveal()).isEqualTo("second");

        // The program fails: the token stays, and the next refusal runs it again.
        token.refused(Password.of("second"));
        assertThat(token.get().reveal()).isEqualTo("second");
        token.refused(Password.of("second"));
        assertThat(token.get().reveal()).isEqualTo("third");
    }

    @Test
    void shouldNotRunTheProgramForEachRefusal() {
        ProgramToken token = new ProgramToken(Password.of("first"), this::run);

        token.refused(Password.of("first"));

        assertThat(token.get().reveal()).isEqualTo("first");
        assertThat(program).hasSize(3);
    }
}
