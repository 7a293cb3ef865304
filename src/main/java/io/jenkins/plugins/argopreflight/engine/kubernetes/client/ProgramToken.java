package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.RenewedToken;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Duration;
import java.util.function.Supplier;

/** The token of a credential plugin. The plugin runs again if the server refuses the token, but not before a pause. */
final class ProgramToken implements RenewedToken {

    private static final Duration MIN_PAUSE = Duration.ofSeconds(10);

    private final Supplier<Password> program;
    private final Duration pause;
    private Password token;
    private long ranAt = System.nanoTime();

    /**
     * Creates a token.
     *
     * @param first the token of the first run
     * @param program the supplier that runs the plugin
     */
    ProgramToken(Password first, Supplier<Password> program) {
        this(first, program, MIN_PAUSE);
    }

    ProgramToken(Password first, Supplier<Password> program, Duration pause) {
        this.token = first;
        this.program = program;
        this.pause = pause;
    }

    @Override
    public synchronized Password get() {
        return token;
    }

    @Override
    public synchronized void refused(Password refused) {
        if (!refused.reveal().equals(token.reveal()) || System.nanoTime() - ranAt < pause.toNanos()) {
            return;
        }
        try {
            token = program.get();
        } catch (KubeconfigException e) {
            // The caller reports the server's refusal.
        }
        ranAt = System.nanoTime();
    }
}
