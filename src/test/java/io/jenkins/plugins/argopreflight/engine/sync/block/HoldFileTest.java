package io.jenkins.plugins.argopreflight.engine.sync.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldFileTest {

    private static final HeldSecret HELD = new HeldSecret(
            new SecretKey("c.f", "https://k8s:6443", "ci", "regcred"),
            true,
            List.of("default"),
            List.of(new Block("id", "team/job#7", Map.of("cluster", "prod"), 0)));

    @TempDir
    Path home;

    @Test
    void shouldReadBackWhatItWrote() throws IOException {
        new HoldFile(home, "holds.json").save(List.of(HELD));
        assertThat(new HoldFile(home, "holds.json").load()).containsExactly(HELD);
        assertThat(home.toFile().list()).containsExactly("holds.json");
    }

    @Test
    void shouldBeginWithNothing() {
        assertThat(new HoldFile(home, "holds.json").load()).isEmpty();
    }

    @Test
    void shouldPutAsideAFileThatCannotBeRead() throws IOException {
        Files.writeString(home.resolve("holds.json"), "[{\"key\":");
        assertThat(new HoldFile(home, "holds.json").load()).isEmpty();
        assertThat(home.resolve("argo-preflight-holds.unreadable.json")).hasContent("[{\"key\":");
    }

    @Test
    void shouldWriteOneSpellingOfAnAddress() {
        assertThat(SecretKey.normalize("HTTPS://K8s.Example.com:443/"))
                .isEqualTo(SecretKey.normalize("https://k8s.example.com"));
    }
}
