package io.jenkins.plugins.argopreflight.engine.util.limits;

import java.util.Objects;

/** The exception when a limit of the run is reached: the current work is left out, and the run reports the rest. */
public final class OverBudget extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Limit limit;

    OverBudget(Limit limit, long value) {
        super(sentence(limit, value), null, false, false);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }

    private static String sentence(Limit limit, long value) {
        return "the limit " + limit.key() + "=" + value + " of this run is reached (" + limit.meaning()
                + "); an administrator can raise it";
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
