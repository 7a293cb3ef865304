package io.jenkins.plugins.argopreflight.engine.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.hostile.SmallHeap;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers of every kind that send whatever they like: each run ends in a small heap, in time, with one sentence. */
class BoundaryTest {

    private static final int CASES = Integer.getInteger("argopreflight.fuzz", 10_000) / 100;

    /** A loaded machine needs a multiple of what is allowed to a server. */
    private static final long MOST_MILLIS = 20_000;

    @Test
    void shouldEndEveryAttack() throws Exception {
        List<String[]> lines = SmallHeap.run(BoundaryRuns.class, 10, "attacks");

        for (Role role : Role.values()) {
            for (Attack attack : Attack.values()) {
                String sentence = sentence(lines, role, attack.name());
                if (attack.isOfFraming() && (attack.isOfHead() || role != Role.REGISTRY_ERROR)) {
                    assertThat(sentence).contains("HTTP headers or chunk sizes larger than 64 KiB");
                }
            }
        }
    }

    /** A reset after each number of bytes, also after all of them. */
    @Test
    void shouldEndWhereverAConnectionIsReset() throws Exception {
        List<String[]> lines = SmallHeap.run(BoundaryRuns.class, 10, "resets");

        for (Role role : Role.values()) {
            for (int i = 0; i <= role.answer().length(); i++) {
                sentence(lines, role, "RESET_" + i);
            }
        }
    }

    @Test
    @Tag("fuzz")
    void shouldEndWhateverIsAnswered() throws Exception {
        List<String[]> lines = SmallHeap.run(BoundaryRuns.class, 20, "generated", String.valueOf(CASES));

        for (int i = 0; i < CASES; i++) {
            sentence(lines, Role.values()[i % Role.values().length], "GENERATED_" + i);
        }
    }

    /** Returns the sentence of a run; it names the server. */
    private static String sentence(List<String[]> lines, Role role, String attack) {
        List<String[]> found = lines.stream()
                .filter(line -> line[0].equals(role.name()) && line[1].equals(attack))
                .toList();
        assertThat(found).as("%s %s", role, attack).hasSize(1);
        String[] line = found.get(0);
        assertThat(Long.parseLong(line[3])).as(Arrays.toString(line)).isLessThan(MOST_MILLIS);
        assertThat(line[4])
                .as("%s %s", role, attack)
                .containsAnyOf("http://127.0.0.1:", Role.HOST)
                .hasSizeBetween(20, 900)
                .doesNotContain("internal error", "Exception", "c4n4ry")
                .doesNotContainPattern("\\p{Cntrl}");
        return line[4];
    }
}
