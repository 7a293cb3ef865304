package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsServers(Server.ORACLES)
class OracleTest {

    private static final String NO_SECRETS = "{\"secrets\":[],\"image\":\"nginx\"}";
    private static final String NOBODY = "{\"credentials\":[],\"name\":\"docker.io/library/nginx:latest\"}";

    @Test
    void shouldAnswerInOrderAndAgain() {
        try (Oracle kubelet = Oracle.kubelet()) {
            assertThat(kubelet.ask(List.of(NO_SECRETS, "{\"secrets\":[],\"image\":\"a b\"}")))
                    .satisfiesExactly(
                            first -> assertThat(first).isEqualTo(NOBODY),
                            second -> assertThat(second).contains("InvalidImageName", "invalid reference format"));
            assertThat(kubelet.ask(List.of(NO_SECRETS))).containsExactly(NOBODY);
        }
    }

    /**
     * The image matches two keys: the kubelet tries both, the more specific one first; the controller has only that
     * one.
     */
    @Test
    void shouldKnowThatTheControllerTakesTheFirstOnly() {
        String config = "{\"auths\":{\"r.example.com\":{\"username\":\"a\",\"password\":\"1\"},"
                + "\"r.example.com/team\":{\"username\":\"b\",\"password\":\"2\"}}}";
        String question = "{\"secrets\":[{\"name\":\"s\",\"type\":\"kubernetes.io/dockerconfigjson\",\"data\":"
                + "{\".dockerconfigjson\":\"" + Base64.getEncoder().encodeToString(config.getBytes(UTF_8))
                + "\"}}],\"image\":\"r.example.com/team/image\"}";
        try (Oracle kubelet = Oracle.kubelet();
                Oracle controller = Oracle.controller()) {
            assertThat(kubelet.ask(List.of(question)))
                    .containsExactly("{\"credentials\":[{\"username\":\"b\",\"password\":\"2\"},"
                            + "{\"username\":\"a\",\"password\":\"1\"}],\"name\":\"r.example.com/team/image:latest\"}");
            assertThat(controller.ask(List.of(question)))
                    .containsExactly("{\"credentials\":[{\"username\":\"b\",\"password\":\"2\","
                            + "\"identitytoken\":\"\",\"registrytoken\":\"\"}],"
                            + "\"name\":\"r.example.com/team/image:latest\"}");
        }
    }

    @Test
    void shouldAnswerMoreThanAPipeHolds() {
        try (Oracle kubelet = Oracle.kubelet()) {
            assertThat(kubelet.ask(Collections.nCopies(20_000, NO_SECRETS))).hasSize(20_000);
        }
    }
}
