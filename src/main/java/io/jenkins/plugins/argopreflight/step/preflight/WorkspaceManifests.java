package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;
import org.apache.tools.ant.DirectoryScanner;

/**
 * The task on the agent that reads manifests. Its result is limited in number and size, and contains only files of the
 * workspace.
 */
final class WorkspaceManifests extends MasterToSlaveFileCallable<TreeMap<String, byte[]>> {

    static final int MAX_FILES = 1000;
    static final int MAX_BYTES = 16 << 20;

    private static final long serialVersionUID = 1L;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,4096}");

    private final String parameter;
    private final String patterns;

    /**
     * Creates the task.
     *
     * @param parameter the step's parameter, for errors
     * @param patterns Ant patterns, separated by commas
     */
    WorkspaceManifests(String parameter, String patterns) {
        this.parameter = parameter;
        this.patterns = patterns;
    }

    /**
     * Reads the files on the agent.
     *
     * @param workspace the workspace; null if the step runs without one
     * @return the contents by path in the workspace
     */
    Map<String, byte[]> read(FilePath workspace) throws IOException, InterruptedException {
        if (workspace == null) {
            throw new AbortException(Messages.WorkspaceManifests_noWorkspace(parameter, patterns));
        }
        checkPatterns();
        Map<String, byte[]> files = workspace.act(this);
        check(files);
        return files;
    }

    /**
     * Reads the files on this machine.
     *
     * @return the contents by path in the workspace
     */
    @Override
    public TreeMap<String, byte[]> invoke(File workspace, VirtualChannel channel)
            throws IOException, InterruptedException {
        if (!workspace.isDirectory()) {
            throw none(workspace);
        }
        String[] found = find(workspace);
        if (found.length == 0) {
            throw none(workspace);
        }
        if (found.length > MAX_FILES) {
            throw tooMany(found.length);
        }
        Path real = workspace.toPath().toRealPath();
        TreeMap<String, byte[]> contents = new TreeMap<>();
        int left = MAX_BYTES;
        for (String each : found) {
            String name = each.replace(File.separatorChar, '/');
            Path file = real.resolve(each);
            // A symbolic link can replace a file, or a folder above it, after the search.
            if (!file.toRealPath().equals(file)) {
                throw new AbortException(Messages.WorkspaceManifests_link(parameter, name));
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] content = in.readNBytes(left + 1);
                left -= content.length;
                if (left < 0) {
                    throw tooMuch();
                }
                contents.put(name, content);
            }
        }
        return contents;
    }

    /** Finds the files. Symbolic links are not followed, since they can point outside the workspace. */
    private String[] find(File workspace) {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(workspace);
        scanner.setIncludes(patterns(patterns).toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.setFollowSymlinks(false);
        scanner.scan();
        return scanner.getIncludedFiles();
    }

    private static List<String> patterns(String written) {
        return Stream.of(written.split(","))
                .map(String::trim)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }

    /**
     * Checks that patterns stay in the workspace.
     *
     * @throws AbortException if a pattern points outside it
     */
    void checkPatterns() throws AbortException {
        for (String pattern : patterns(patterns)) {
            String slashes = pattern.replace('\\', '/');
            if (slashes.startsWith("/") || DRIVE.matcher(slashes).matches() || ("/" + slashes + "/").contains("/../")) {
                throw new AbortException(Messages.WorkspaceManifests_outside(parameter, pattern));
            }
        }
    }

    /**
     * Checks the answer of an agent against the same limits, since the agent can run a manipulated program.
     *
     * @throws AbortException if the answer exceeds the limits or contains a path outside the workspace
     */
    void check(Map<String, byte[]> answer) throws AbortException {
        if (answer.size() > MAX_FILES) {
            throw tooMany(answer.size());
        }
        if (answer.values().stream().mapToLong(content -> content.length).sum() > MAX_BYTES) {
            throw tooMuch();
        }
        for (String name : answer.keySet()) {
            if (name.startsWith("/") || !NAME.matcher(name).matches() || ("/" + name + "/").contains("/../")) {
                throw new AbortException(Messages.WorkspaceManifests_refused(parameter));
            }
        }
    }

    private AbortException tooMany(int files) {
        return new AbortException(Messages.WorkspaceManifests_tooMany(parameter, patterns, files, MAX_FILES));
    }

    private AbortException tooMuch() {
        return new AbortException(Messages.WorkspaceManifests_tooMuch(parameter, patterns, MAX_BYTES >> 20));
    }

    private AbortException none(File workspace) {
        return new AbortException(Messages.WorkspaceManifests_none(parameter, workspace, patterns));
    }
}
