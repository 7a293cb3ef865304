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

/** Images that cannot be pulled, on a real kube-apiserver, from a real registry with passwords and one with tokens. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class ImageMistakesOnServerTest {

    private static final Map<String, String> LOGINS = Map.of("team", Stage.PASSWORD, "builder", Stage.PASSWORD);

    static Stream<Mistake> withPasswords() {
        return Stream.concat(ImageMistakes.everywhere(), ImageMistakes.withPasswords());
    }

    static Stream<Mistake> withTokens() {
        return Stream.concat(ImageMistakes.everywhere(), ImageMistakes.withTokens());
    }

    @ParameterizedTest
    @MethodSource("withPasswords")
    void shouldBeFoundAndFixedWithPasswords(Mistake mistake) {
        try (RealRegistry registry = RealRegistry.withPasswords(LOGINS)) {
            new Story(mistake, registry).play();
        }
    }

    @ParameterizedTest
    @MethodSource("withTokens")
    void shouldBeFoundAndFixedWithTokens(Mistake mistake) {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS)) {
            registry.grant("builder", "tools/image");
            registry.grant("builder", "team/argoexec");
            new Story(mistake, registry).play();
        }
    }
}
