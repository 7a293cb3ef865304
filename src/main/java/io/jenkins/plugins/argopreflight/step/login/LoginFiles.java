package io.jenkins.plugins.argopreflight.step.login;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.LoginKubeconfig;
import io.jenkins.plugins.argopreflight.engine.util.file.WholeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import jenkins.MasterToSlaveFileCallable;

/** The task on the agent that writes the kubeconfig and the token of a block, readable only for the agent's user. */
final class LoginFiles extends MasterToSlaveFileCallable<Void> {

    /** The file name of the kubeconfig. */
    static final String KUBECONFIG = "kubeconfig";

    private static final long serialVersionUID = 1L;

    private final String kubeconfig;
    private final String token;

    LoginFiles(String kubeconfig, String token) {
        this.kubeconfig = kubeconfig;
        this.token = token;
    }

    /** Writes the files. A file is replaced as a whole, since a program can read it at the same time. */
    @Override
    public Void invoke(File folder, VirtualChannel channel) throws IOException {
        Path directory = folder.toPath();
        Files.createDirectories(directory);
        if (isPosix(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        WholeFile.write(directory, LoginKubeconfig.TOKEN_FILE, token);
        WholeFile.write(directory, KUBECONFIG, kubeconfig);
        return null;
    }

    private static boolean isPosix(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
