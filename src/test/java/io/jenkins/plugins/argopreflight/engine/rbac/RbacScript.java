package io.jenkins.plugins.argopreflight.engine.rbac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Runs {@code docs/rbac/rbac.sh}. */
final class RbacScript {

    /** Returns what it prints. */
    String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("sh", RbacManifests.FOLDER.resolve("rbac.sh").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
