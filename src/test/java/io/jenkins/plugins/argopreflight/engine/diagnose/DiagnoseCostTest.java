package io.jenkins.plugins.argopreflight.engine.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The cost of a diagnosis: the number of requests does not depend on the number of nodes, and a large workflow is
 * cheap.
 */
class DiagnoseCostTest {

    private static final int NODES = 5_000;
    private static final long MIB = 1 << 20;

    private static Diagnosis diagnose(int nodes) {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return new Diagnose(new ManyNodes(nodes), new NoRegistry(), 8)
                    .run(DiagnoseRequest.of("ci", ManyNodes.WORKFLOW, "argo"));
        }
    }

    @Test
    void shouldSendAsManyRequestsForManyNodesAsForFew() {
        Diagnosis few = diagnose(4);
        Diagnosis many = diagnose(400);
        // Two threads that need the same at the same time can both ask for it.
        assertThat(many.cost().apiCalls())
                .isLessThanOrEqualTo(few.cost().apiCalls() + 2)
                .isBetween(8L, 60L);
        assertThat(few.causes().get(0).nodes()).hasSize(2);
        assertThat(many.causes().get(0).nodes()).hasSize(200);
        assertThat(many.causes()).hasSameSizeAs(few.causes());
    }

    /** Runs in a JVM of its own, whose time and memory are those of the diagnosis alone. */
    @Test
    @Tag("fuzz")
    void shouldExplainFiveThousandNodesWithinItsLimits() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx288m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiagnoseCostTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            List<String> lines = child.inputReader().lines().toList();
            assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).isZero();
            String[] said = lines.get(lines.size() - 1).split(" ");
            assertThat(said[0]).isEqualTo("out-of-memory");
            assertThat(Integer.parseInt(said[1])).as("nodes").isEqualTo(NODES / 2);
            assertThat(Long.parseLong(said[2]))
                    .as("milliseconds of processor time")
                    .isLessThan(3_000);
            assertThat(Long.parseLong(said[3])).as("MiB of heap over idle").isLessThan(256);
        } finally {
            child.destroyForcibly();
        }
    }

    /** Prints the first cause, its nodes, milliseconds of processor time and MiB of heap over idle. */
    public static void main(String[] arguments) {
        // What a process loads once is not what a diagnosis costs.
        diagnose(2);
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long idle = heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
        Diagnosis diagnosis = diagnose(2);
        long millis = Long.MAX_VALUE;
        // Other work on the machine makes single runs slower, none faster.
        for (int run = 0; run < 3; run++) {
            long before = time();
            diagnosis = diagnose(NODES);
            millis = Math.min(millis, TimeUnit.NANOSECONDS.toMillis(time() - before));
        }
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.println(diagnosis.causes().get(0).check() + " "
                + diagnosis.causes().get(0).nodes().size() + " " + millis + " " + (peak - idle) / MIB);
    }

    private static long time() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
