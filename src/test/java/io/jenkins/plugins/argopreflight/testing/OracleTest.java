package io.jenkins.plugins.argopreflight.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsServers
class OracleTest {

    private static final String NO_SECRETS = "{\"secrets\":[],\"image\":\"nginx\"}";

    @Test
    void shouldAnswerInOrderAndAgain() {
        try (Oracle kubelet = Oracle.kubelet()) {
            assertThat(kubelet.ask(List.of(NO_SECRETS, "{\"secrets\":[],\"image\":\"a b\"}")))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo("{\"credentials\":[]}"),
                            second -> assertThat(second).contains("InvalidImageName", "invalid reference format"));
            assertThat(kubelet.ask(List.of(NO_SECRETS))).containsExactly("{\"credentials\":[]}");
        }
    }

    @Test
    void shouldAnswerMoreThanAPipeHolds() {
        try (Oracle kubelet = Oracle.kubelet()) {
            assertThat(kubelet.ask(Collections.nCopies(20_000, NO_SECRETS))).hasSize(20_000);
        }
    }
}
