package io.jenkins.plugins.argopreflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InRun.class)
class ManifestOptionsTest {

    @TempDir
    private Path folder;

    /** The preflight and the submission after it use the same values, even if the file changes. */
    @Test
    void shouldReadTheParameterFileOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), "{tag: v1, level: 3}");
        ManifestOptions options = new ManifestOptions();
        options.parameterFile = file.toString();
        options.parameters = List.of("tag=v2");

        assertThat(options.parameters()).containsEntry("tag", "v2").containsEntry("level", "3");
        long used = Budget.current().used(Limit.NODES);
        Files.writeString(file, "{tag: v1, level: 4}");

        assertThat(options.parameters()).containsEntry("level", "3");
        assertThat(used).isPositive().isEqualTo(Budget.current().used(Limit.NODES));
    }
}
