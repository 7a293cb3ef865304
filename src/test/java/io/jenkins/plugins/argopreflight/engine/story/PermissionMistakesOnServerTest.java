package io.jenkins.plugins.argopreflight.engine.story;

import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rights, Pod Security, volumes, quotas and nodes that keep a workflow from running, on a real kube-apiserver. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class PermissionMistakesOnServerTest {

    static Stream<Mistake> mistakes() {
        return PermissionMistakes.all();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldBeFoundAndFixed(Mistake mistake) {
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD))) {
            new Story(mistake, registry).play();
        }
    }
}
