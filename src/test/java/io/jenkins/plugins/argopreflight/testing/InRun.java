package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The run of tests of a part that works in one: each test has a budget with the default limits. A class names it only if
 * it tests no entry: a step, a command or a form opens its own budget, and its test fails if it opens none.
 */
public final class InRun implements BeforeAllCallback, BeforeEachCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        open(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        open(context);
    }

    /** Returns a task that is a run of its own, for another thread of a test. */
    public static Runnable own(Runnable task) {
        return () -> {
            try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
                task.run();
            }
        };
    }

    /** Opens a budget, which JUnit closes with the context. */
    private static void open(ExtensionContext context) {
        Budget.Scope scope = Budget.open(RunLimits.DEFAULT);
        context.getStore(Namespace.create(InRun.class, context.getUniqueId()))
                .put("run", new Run(Budget.current(), scope));
    }

    /** The run of a test. It fails the test that used it up: what came afterwards was not checked. */
    private record Run(Budget budget, Budget.Scope scope) implements AutoCloseable {

        @Override
        public void close() {
            scope.close();
            List<Limit> reached = Arrays.stream(Limit.values())
                    .filter(limit -> !limit.isForOne()
                            && limit != Limit.PODS
                            && budget.used(limit) > budget.limits().of(limit))
                    .toList();
            if (!reached.isEmpty()) {
                throw new AssertionError("the test used up the limits " + reached
                        + " of one run; open a Budget for each of the runs that it tests");
            }
        }
    }
}
