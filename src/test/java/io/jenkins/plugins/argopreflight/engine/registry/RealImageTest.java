package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Configurations and tags of the distribution project's registry, and what they cost. */
@NeedsServers(Server.REGISTRY)
class RealImageTest {

    private static final Map<String, String> LOGINS = Map.of("team", "s3cret:word");
    private static final Optional<Login> TEAM = Optional.of(new Login("team", Password.of("s3cret:word")));
    private static final Optional<Login> WRONG = Optional.of(new Login("team", Password.of("wr0ng:word")));
    private static final ImageConfig PLAIN =
            new ImageConfig(List.of("linux/amd64"), false, "", List.of("/bin/app"), List.of("--help"));
    private static final ImageConfig INDEX =
            new ImageConfig(List.of("linux/arm64", "linux/amd64"), true, "", List.of("/bin/app"), List.of("--help"));

    @Test
    void shouldReadFromAPasswordRegistry() {
        try (RealRegistry registry = RealRegistry.withPasswords(LOGINS);
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            String digest = registry.push("team/image", "v1");
            registry.pushIndex("team/image", "v2", "arm64", "amd64");
            assertThat(config(probe, registry, "team/image:v1", TEAM)).isEqualTo(Fact.known(PLAIN));
            assertThat(config(probe, registry, "team/image@" + digest, TEAM)).isEqualTo(Fact.known(PLAIN));
            assertThat(config(probe, registry, "team/image:v2", TEAM)).isEqualTo(Fact.known(INDEX));
            assertThat(why(config(probe, registry, "team/image:v1", WRONG))).contains("refused user \"team\"");
            assertThat(why(config(probe, registry, "team/image:v1", Optional.empty())))
                    .contains("without credentials");
            assertThat(why(config(probe, registry, "team/image:v9", TEAM))).contains("has no tag v9");

            assertThat(tags(probe, registry, "team/image:v9", TEAM)).isEqualTo(Fact.known(List.of("v1", "v2")));
            assertThat(why(tags(probe, registry, "team/image:v9", WRONG)))
                    .contains("The tags of " + registry.host() + "/team/image are not listed (HTTP 401 UNAUTHORIZED");
            assertThat(tags(probe, registry, "team/absent:v9", TEAM)).isEqualTo(Fact.known(List.of()));
        }
    }

    @Test
    void shouldReadFromATokenRegistry() {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS);
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            registry.pushIndex("team/image", "v1", "arm64", "amd64");
            registry.push("public/tool", "1");
            registry.push("other/image", "1");
            assertThat(config(probe, registry, "team/image:v1", TEAM)).isEqualTo(Fact.known(INDEX));
            assertThat(config(probe, registry, "public/tool:1", Optional.empty()))
                    .isEqualTo(Fact.known(PLAIN));
            assertThat(why(config(probe, registry, "other/image:1", TEAM))).contains("not allowed to pull other/image");
            assertThat(tags(probe, registry, "team/image:v9", TEAM)).isEqualTo(Fact.known(List.of("v1")));
            assertThat(why(tags(probe, registry, "other/image:1", TEAM))).contains("HTTP 401");
            assertThat(why(tags(probe, registry, "team/image:1", WRONG))).contains("incorrect username or password");
        }
    }

    @Test
    void shouldAskForNothingTwice() {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS)) {
            registry.push("team/image", "plain");
            registry.pushIndex("team/image", "index", "amd64");
            assertThat(cost(registry, false, "plain")).isEqualTo("requests 4, chain 4");
            assertThat(cost(registry, false, "index")).isEqualTo("requests 5, chain 5");
            assertThat(cost(registry, true, "plain")).isEqualTo("requests 5, chain 5");
            assertThat(cost(registry, true, "index")).isEqualTo("requests 6, chain 6");
        }
    }

    /** Three times the same, and its tags: they go on with the same token. */
    private static String cost(RealRegistry registry, boolean asked, String tag) {
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            ImageReference image = ImageReference.parse(registry.host() + "/team/image:" + tag);
            if (asked) {
                assertThat(probe.ask(image, TEAM).verdict()).isEqualTo(Verdict.OK);
            }
            Stream.of(1, 2, 3)
                    .map(i -> probe.configAsync(image, TEAM))
                    .toList()
                    .forEach(config -> assertThat(config.join().ifKnown()).isPresent());
            String cost = "requests " + probe.requests() + ", chain " + probe.longestChain();
            long before = probe.requests();
            assertThat(probe.tagsAsync(image, TEAM).join().ifKnown()).isPresent();
            assertThat(probe.requests()).isEqualTo(before + 1);
            return cost;
        }
    }

    private static Fact<ImageConfig> config(
            RegistryProbe probe, RealRegistry registry, String image, Optional<Login> login) {
        return probe.configAsync(ImageReference.parse(registry.host() + "/" + image), login)
                .join();
    }

    private static Fact<List<String>> tags(
            RegistryProbe probe, RealRegistry registry, String image, Optional<Login> login) {
        return probe.tagsAsync(ImageReference.parse(registry.host() + "/" + image), login)
                .join();
    }

    private static String why(Fact<?> fact) {
        assertThat(fact).isInstanceOf(Fact.Unknown.class);
        return ((Fact.Unknown<?>) fact).reason();
    }
}
