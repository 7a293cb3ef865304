package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.argopreflight.engine.cluster.kubeconfig.UntrustedKubeconfig;
import io.jenkins.plugins.argopreflight.engine.cluster.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what KUBECONFIG names where the build runs; the agent is not trusted with more than what it brings. */
final class AgentKubeconfig {

    private static final int LIMIT = 1 << 20;

    private AgentKubeconfig() {}

    /** @param variable paths, parted as on the agent's operating system */
    static List<UntrustedKubeconfig> read(FilePath workspace, String variable)
            throws IOException, InterruptedException {
        List<UntrustedKubeconfig> texts = new ArrayList<>();
        String separator = isWindows(variable) ? ";" : ":";
        for (String path : variable.split(separator)) {
            FilePath file = workspace.child(path);
            if (!path.isBlank() && file.exists()) {
                texts.add(read(file));
            }
        }
        if (texts.isEmpty()) {
            throw new AbortException(Messages.AgentKubeconfig_missing(variable));
        }
        return texts;
    }

    private static boolean isWindows(String variable) {
        return variable.matches("[A-Za-z]:[\\\\/].*");
    }

    private static UntrustedKubeconfig read(FilePath file) throws IOException, InterruptedException {
        try (InputStream in = file.read()) {
            byte[] content = in.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw new AbortException(Messages.AgentKubeconfig_tooLarge(file.getRemote()));
            }
            return new UntrustedKubeconfig(
                    "KUBECONFIG " + file.getRemote(),
                    Password.of(new String(content, StandardCharsets.UTF_8)),
                    Author.BUILD);
        }
    }
}
