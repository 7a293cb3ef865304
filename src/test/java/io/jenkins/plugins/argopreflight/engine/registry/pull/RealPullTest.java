package io.jenkins.plugins.argopreflight.engine.registry.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@NeedsServers(Server.REGISTRY)
@ExtendWith(InRun.class)
class RealPullTest {

    private static final String PASSWORD = "s3cret:with:colons";
    private static final Map<String, String> LOGINS = Map.of("team", PASSWORD);

    @Test
    void shouldSpeakToAPasswordRegistry() {
        try (RealRegistry registry = RealRegistry.withPasswords(LOGINS)) {
            String digest = registry.push("team/image", "v1.2");
            assertThat(verdict(registry, "team/image:v1.2", PASSWORD)).isEqualTo(Verdict.OK);
            assertThat(verdict(registry, "team/image@" + digest, PASSWORD)).isEqualTo(Verdict.OK);
            assertThat(verdict(registry, "team/image:v1.2", "stale")).isEqualTo(Verdict.REJECTED);
            assertThat(verdict(registry, "team/image:v1.2", "")).isEqualTo(Verdict.MISSING_OR_NO_RIGHT);
            assertThat(verdict(registry, "team/image:v9", PASSWORD)).isEqualTo(Verdict.NOT_FOUND);
            assertThat(pull(registry, "team/absent:v1", PASSWORD).sentence())
                    .contains("the whole repository does not exist");

            registry.changePassword("team", "rotated");
            assertThat(verdict(registry, "team/image:v1.2", PASSWORD)).isEqualTo(Verdict.REJECTED);
            assertThat(verdict(registry, "team/image:v1.2", "rotated")).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldSpeakToATokenRegistry() {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS)) {
            registry.pushIndex("team/image", "v1.2", "amd64", "arm64");
            registry.push("public/tool", "1");
            registry.push("other/image", "1");
            assertThat(verdict(registry, "team/image:v1.2", PASSWORD)).isEqualTo(Verdict.OK);
            assertThat(verdict(registry, "team/image:v1.2", "")).isEqualTo(Verdict.MISSING_OR_NO_RIGHT);
            assertThat(verdict(registry, "team/image:v9", PASSWORD)).isEqualTo(Verdict.NOT_FOUND);
            assertThat(verdict(registry, "public/tool:1", "")).isEqualTo(Verdict.OK);
            assertThat(verdict(registry, "other/image:1", PASSWORD)).isEqualTo(Verdict.NO_RIGHT);

            Pull stale = pull(registry, "public/tool:1", "stale");
            assertThat(stale.verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(stale.sentence())
                    .contains(registry.host() + "/public/tool:1 can be pulled without credentials")
                    .contains("incorrect username or password");
        }
    }

    private static Verdict verdict(RealRegistry registry, String image, String password) {
        return pull(registry, image, password).verdict();
    }

    /** Returns the pull of an image in a run of its own. An empty password stands for no Secret. */
    private static Pull pull(RealRegistry registry, String image, String password) {
        String auth = Base64.getEncoder().encodeToString(("team:" + password).getBytes());
        PullSecret secret = new PullSecret(
                "regcred",
                PullSecret.DOCKER_CONFIG_JSON,
                Optional.of(Password.of("{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}")));
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            return PullCheckTest.ask(
                    probe, registry.host() + "/" + image, password.isEmpty() ? List.of() : List.of(secret));
        }
    }
}
