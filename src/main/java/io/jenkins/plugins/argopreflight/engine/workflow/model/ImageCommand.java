package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.List;

/** What an image's configuration runs. */
public record ImageCommand(List<String> entrypoint, List<String> cmd) {

    public ImageCommand {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
    }
}
