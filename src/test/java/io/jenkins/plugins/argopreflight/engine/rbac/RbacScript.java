package io.jenkins.plugins.argopreflight.engine.rbac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script {@code docs/rbac/rbac.sh}, or a copy of it beside other manifests. */
final class RbacScript {

    private final Path folder;
    private final String programs;

    RbacScript() {
        this(RbacManifests.FOLDER, "");
    }

    /** @param programs a folder whose programs are used before others; "" for none */
    RbacScript(Path folder, String programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /**
     * The result of a run.
     *
     * @param printed what it printed, errors included
     */
    record Run(int code, String printed) {}

    /** Returns what it prints. */
    String run(String... arguments) throws Exception {
        Run run = end(arguments);
        assertThat(run.code()).as(run.printed()).isZero();
        return run.printed();
    }

    /** Runs the script to its end, also one with an error. */
    Run end(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", folder.resolve("rbac.sh").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (!programs.isEmpty()) {
            builder.environment().merge("PATH", programs, (path, first) -> first + ":" + path);
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Run(process.waitFor(), printed);
    }
}
