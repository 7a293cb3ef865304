package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check of a small hostile manifest ends soon after its build was aborted, whatever it does. */
@Tag("fuzz")
class HostileAbortTest {

    private static final int MINUTES = 20;

    @Test
    void shouldEndWithinTwoSecondsOfAnAbort() throws Exception {
        List<String[]> lines = SmallHeap.run(HostileRuns.class, MINUTES, "abort");
        assertThat(lines)
                .filteredOn(line -> line[2].equals("true"))
                .hasSizeGreaterThan(Attacks.all().size() * 3 / 4);
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(Long.parseLong(line[1])).as(line[0]).isLessThan(2_000));
    }
}
