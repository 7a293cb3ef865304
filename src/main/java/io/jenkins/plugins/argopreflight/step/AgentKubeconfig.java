package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of KUBECONFIG on the agent. Their number and size are limited, whatever the agent answers. */
final class AgentKubeconfig {

    private static final int MAX_PATHS = 16;
    private static final int MAX_BYTES = 1 << 20;

    private final String variable;
    private final List<FilePath> files = new ArrayList<>();

    private AgentKubeconfig(String variable) {
        this.variable = variable;
    }

    /**
     * Reads the files. Number and size are checked before the first file is read.
     *
     * @param variable the value of KUBECONFIG: paths with the separator of the agent's operating system
     */
    static List<UntrustedKubeconfig> read(FilePath workspace, String variable)
            throws IOException, InterruptedException {
        AgentKubeconfig kubeconfig = new AgentKubeconfig(variable);
        kubeconfig.find(workspace);
        return kubeconfig.read();
    }

    /** Finds the files that exist. As with kubectl, at least one must exist. */
    private void find(FilePath workspace) throws IOException, InterruptedException {
        List<String> paths = Stream.of(variable.split(isWindows() ? ";" : ":"))
                .filter(path -> !path.isBlank())
                .toList();
        if (paths.size() > MAX_PATHS) {
            throw new AbortException(Messages.AgentKubeconfig_tooMany(paths.size(), MAX_PATHS));
        }
        long bytes = 0;
        for (String path : paths) {
            FilePath file = workspace.child(path);
            if (file.exists()) {
                files.add(file);
                bytes += Math.min(MAX_BYTES + 1L, Math.max(0, file.length()));
            }
        }
        if (files.isEmpty()) {
            throw new AbortException(Messages.AgentKubeconfig_missing(variable));
        }
        if (bytes > MAX_BYTES) {
            throw tooLarge();
        }
    }

    private boolean isWindows() {
        return variable.matches("[A-Za-z]:[\\\\/].*");
    }

    private AbortException tooLarge() {
        return new AbortException(Messages.AgentKubeconfig_tooLarge(variable));
    }

    private List<UntrustedKubeconfig> read() throws IOException, InterruptedException {
        List<UntrustedKubeconfig> texts = new ArrayList<>();
        int remainingBytes = MAX_BYTES;
        for (FilePath file : files) {
            try (InputStream in = file.read()) {
                byte[] content = in.readNBytes(remainingBytes + 1);
                remainingBytes -= content.length;
                if (remainingBytes < 0) {
                    throw tooLarge();
                }
                texts.add(new UntrustedKubeconfig(
                        "KUBECONFIG " + file.getRemote(),
                        Password.of(new String(content, StandardCharsets.UTF_8)),
                        Author.BUILD));
            }
        }
        return texts;
    }
}
