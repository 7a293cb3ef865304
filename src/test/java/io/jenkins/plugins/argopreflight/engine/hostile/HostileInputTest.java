package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small hostile manifests end soon, within a heap of 256 MiB, and with a report. The runs wait for nothing, so their time
 * is that of the processor; the time that passes is longer only by what other programs took, which says nothing of ours.
 * So each run is bounded by its processor time always, and by the time that passes where the machine was free: where a
 * whole set of runs took at most a quarter longer than it worked.
 */
@Tag("fuzz")
class HostileInputTest {

    private static final int SECONDS = 10;

    private static final int VARIANTS = Integer.getInteger("argopreflight.fuzz", 40);

    private static final int MINUTES = Math.max(20, VARIANTS / 30);

    /** A command judges ten times as many pods. */
    private static final int SECONDS_OF_COMMAND = 60;

    private static final Map<String, String> REACHED = Map.ofEntries(
            Map.entry("doubling", "value"),
            Map.entry("doubling-in-json", "value"),
            Map.entry("doubling-in-expression", "text"),
            Map.entry("long-repetition", "regex"),
            Map.entry("nested-groups", "depth"),
            Map.entry("parentheses-expression", "depth"),
            Map.entry("not-not", "depth"),
            Map.entry("repeat", "value"),
            Map.entry("images", "images"),
            Map.entry("images-in-loops", "images"),
            Map.entry("empty-lists", "nodes"),
            Map.entry("results", "findings"),
            Map.entry("unknown-fields", "findings"),
            Map.entry("many-documents", "findings"),
            Map.entry("containers-and-mounts", "value"));

    @ParameterizedTest
    @ValueSource(strings = {"attacks", "variants"})
    void shouldEndWithinSecondsInASmallHeap(String which) throws Exception {
        List<String[]> all = SmallHeap.run(HostileRuns.class, MINUTES, which, String.valueOf(VARIANTS));
        List<String[]> commands = all.stream()
                .filter(line -> line[0].endsWith(HostileRuns.IN_A_COMMAND))
                .toList();
        assertThat(commands).isNotEmpty().allSatisfy(line -> {
            assertThat(worked(line)).as("ms of the processor for %s", line[0]).isLessThan(SECONDS_OF_COMMAND * 1000L);
            assertThat(line[3]).as("end of %s", line[0]).isIn("OK", "FAILED", "UNCHECKED");
        });
        List<String[]> lines =
                all.stream().filter(line -> !commands.contains(line)).toList();
        assertThat(lines).hasSize(which.equals("attacks") ? Attacks.all().size() : VARIANTS);
        assertThat(lines).allSatisfy(line -> {
            assertThat(worked(line)).as("ms of the processor for %s", line[0]).isLessThan(SECONDS * 1000L);
            assertThat(line[3]).as("end of %s", line[0]).isIn("OK", "FAILED", "UNCHECKED", "REFUSED");
        });
        long worked = lines.stream().mapToLong(HostileInputTest::worked).sum();
        long passed = lines.stream().mapToLong(HostileInputTest::passed).sum();
        System.out.println(which + ": " + worked + " ms of the processor, " + passed + " ms passed, the longest "
                + lines.stream().mapToLong(HostileInputTest::worked).max().orElseThrow() + " and "
                + lines.stream().mapToLong(HostileInputTest::passed).max().orElseThrow() + " ms");
        if (passed * 4 <= worked * 5) {
            assertThat(lines)
                    .allSatisfy(line ->
                            assertThat(passed(line)).as("ms of %s", line[0]).isLessThan(SECONDS * 1000L));
        }
        if (which.equals("attacks")) {
            Map<String, String> ends = new LinkedHashMap<>();
            lines.forEach(line -> ends.put(line[0], line[4]));
            assertThat(REACHED)
                    .allSatisfy((name, limit) -> assertThat(ends.get(name))
                            .as("limits that %s reached", name)
                            .contains(limit));
        }
    }

    private static long worked(String[] line) {
        return Long.parseLong(line[1]);
    }

    private static long passed(String[] line) {
        return Long.parseLong(line[2]);
    }
}
