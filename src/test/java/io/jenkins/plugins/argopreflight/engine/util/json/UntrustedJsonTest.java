package io.jenkins.plugins.argopreflight.engine.util.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UntrustedJsonTest {

    private static final int NAMES = 400;
    private static final int LENGTH = 49_000;

    private final JsonMapper mapper = new JsonMapper(UntrustedJson.factory());

    /** A mapper of Jackson's own factory keeps all of them, which is 20 MB here. */
    @Test
    void shouldKeepNoNamesOfWhatWasRead() throws IOException {
        read(0);
        long before = used();
        for (int i = 1; i <= NAMES; i++) {
            read(i);
        }
        assertThat(used() - before).isLessThan((long) NAMES * LENGTH / 2);
        assertThat(mapper.readTree("{\"a\":1}").path("a").asInt()).isEqualTo(1);
    }

    private void read(int i) throws IOException {
        String json = "{\"" + i + "x".repeat(LENGTH) + "\":1}";
        assertThat(mapper.readTree(json).size()).isEqualTo(1);
        assertThat(mapper.readTree(json.getBytes(StandardCharsets.UTF_8)).size())
                .isEqualTo(1);
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
