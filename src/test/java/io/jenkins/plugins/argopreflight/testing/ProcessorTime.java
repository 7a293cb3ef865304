package io.jenkins.plugins.argopreflight.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The processor time of a thread, to which other processes of a busy machine do not add. */
public final class ProcessorTime {

    private ProcessorTime() {}

    /** Returns the processor time that the current thread takes for an action. */
    public static Duration of(Runnable action) {
        long startNanos = nanos();
        action.run();
        return Duration.ofNanos(nanos() - startNanos);
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
