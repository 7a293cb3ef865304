package io.jenkins.plugins.argopreflight.engine.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A controller runs for months: what a run made is gone when it has ended. */
@Tag("fuzz")
class SoakTest {

    private static final int MINUTES = 20;

    @Test
    void shouldKeepNothingOfAThousandRuns() throws Exception {
        String[] heap = SmallHeap.run(SoakRuns.class, MINUTES).get(0);
        System.out.println(String.join(" ", heap));
        assertThat(Double.parseDouble(heap[2])).isLessThan(1.05 * Double.parseDouble(heap[1]));
        // Each kind of run did its work: 250 checks, 250 Secrets that were made and deleted, 250 diagnoses.
        assertThat(heap[3]).matches("judged=250 asked=[1-9]\\d{3,} written=[1-9]\\d{2,} causes=250");
    }
}
