package io.jenkins.plugins.argopreflight.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ClientLogTest {

    private static final String CANARY = "c4n4ry-in-a-coal-mine";

    @Test
    void shouldKeepCredentialsOutOfTheHttpClientsOwnLog() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes());

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(output).contains("the answer is OK").contains("okhttp3.internal");
        assertThat(output)
                .doesNotContain(CANARY)
                .doesNotContain(Base64.getEncoder().encodeToString(("team:" + CANARY).getBytes()))
                .doesNotContain("Bearer granted-team.image");
    }

    /** A login check in a Java of its own, in which every logger prints everything. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) {
            ConsoleHandler console = new ConsoleHandler();
            console.setLevel(Level.ALL);
            Logger.getLogger("").addHandler(console);
            Logger.getLogger("").setLevel(Level.ALL);
            try (TokenRegistry registry = new TokenRegistry("registry.example.com", Map.of("team", CANARY), 0);
                    RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                            .address("registry.example.com", registry.server().url())
                            .build())) {
                Answer answer = probe.ask(
                        ImageReference.parse("registry.example.com/team/image:v1"),
                        Optional.of(new Login("team", Password.of(CANARY))));
                System.out.println("the answer is " + answer.verdict());
            }
        }
    }
}
