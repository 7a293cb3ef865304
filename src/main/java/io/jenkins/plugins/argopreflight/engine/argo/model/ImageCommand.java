package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.List;

/** The entrypoint and command in the configuration of an image. */
public record ImageCommand(List<String> entrypoint, List<String> cmd) {

    public ImageCommand {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
    }
}
