package io.jenkins.plugins.argopreflight.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsServers(Server.REGISTRY)
class RealRegistryTest {

    private static final Map<String, String> LOGINS = Map.of("team", "s3cret:with:colons", "other", "0ther");

    @TempDir
    private Path dockerConfig;

    /** crane's output, asked as this user; "" for anonymous. */
    private String crane(RealRegistry registry, String user, String password, String... arguments)
            throws IOException, InterruptedException {
        String auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        String auths = user.isEmpty() ? "" : "\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}";
        Files.writeString(dockerConfig.resolve("config.json"), "{\"auths\":{" + auths + "}}");
        var command = new ArrayList<>(List.of(ServerBinaries.require("crane")));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_CONFIG", dockerConfig.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    @Test
    void shouldHoldAPasswordRegistryToItsLogins() throws Exception {
        try (RealRegistry registry = RealRegistry.withPasswords(LOGINS)) {
            String digest = registry.push("team/image", "v1.2");
            String image = registry.host() + "/team/image:v1.2";
            assertThat(crane(registry, "team", LOGINS.get("team"), "digest", image))
                    .isEqualTo(digest);
            assertThat(crane(registry, "team", "wrong", "digest", image)).contains("401");
            assertThat(crane(registry, "", "", "digest", image)).contains("401");

            registry.changePassword("team", "rotated");
            assertThat(crane(registry, "team", LOGINS.get("team"), "digest", image))
                    .contains("401");
            assertThat(crane(registry, "team", "rotated", "digest", image)).isEqualTo(digest);
        }
    }

    @Test
    void shouldHoldATokenRegistryToItsScopes() throws Exception {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS)) {
            String digest = registry.push("team/image", "v1.2");
            registry.push("public/tool", "1");
            String image = registry.host() + "/team/image:v1.2";
            String open = registry.host() + "/public/tool:1";
            assertThat(crane(registry, "team", LOGINS.get("team"), "digest", image))
                    .isEqualTo(digest);
            assertThat(crane(registry, "other", LOGINS.get("other"), "manifest", image))
                    .contains("UNAUTHORIZED");
            assertThat(crane(registry, "", "", "manifest", image)).contains("UNAUTHORIZED");
            assertThat(crane(registry, "", "", "digest", open)).startsWith("sha256:");
            assertThat(crane(registry, "team", "stale", "digest", open)).contains("401", "incorrect username");
            assertThat(registry.tokenRequests())
                    .anySatisfy(query -> assertThat(query)
                            .contains("service=registry.test", "scope=repository%3Ateam%2Fimage%3Apull"));
        }
    }

    @Test
    void shouldServeAnIndexByPlatform() throws Exception {
        try (RealRegistry registry = RealRegistry.withTokens(LOGINS)) {
            String digest = registry.pushIndex("public/multi", "1", "amd64", "arm64");
            String image = registry.host() + "/public/multi:1";
            assertThat(crane(registry, "", "", "digest", image)).isEqualTo(digest);
            assertThat(crane(registry, "", "", "config", "--platform=linux/arm64", image))
                    .contains("\"architecture\":\"arm64\"");
            assertThat(crane(registry, "", "", "config", "--platform=linux/s390x", image))
                    .contains("no child with platform");
        }
    }
}
