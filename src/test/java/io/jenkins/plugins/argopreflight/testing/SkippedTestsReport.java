package io.jenkins.plugins.argopreflight.testing;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of the run how many tests were skipped because a real server was missing. */
public final class SkippedTestsReport implements TestExecutionListener {

    static final String MARKER = "needs real servers, missing: ";

    private final AtomicInteger skipped = new AtomicInteger();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        if (reason.contains(MARKER)) {
            skipped.addAndGet(count(identifier));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        int count = skipped.getAndSet(0);
        if (count > 0) {
            System.out.println(message(count));
        }
    }

    static String message(int count) {
        return "SKIPPED " + count + (count == 1 ? " test that needs" : " tests that need")
                + " real servers (no Go, no KUBEBUILDER_ASSETS): run tools/build.sh";
    }

    /** A parameterized test counts once: its invocations are not known when it is skipped. */
    private int count(TestIdentifier identifier) {
        var children = plan.getChildren(identifier);
        return children.isEmpty() ? 1 : children.stream().mapToInt(this::count).sum();
    }
}
