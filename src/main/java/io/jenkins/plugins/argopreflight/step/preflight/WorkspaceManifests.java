package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jenkins.MasterToSlaveFileCallable;

/** Reads manifests where the workspace is; what comes back is names and bytes, bounded, and from nowhere else. */
final class WorkspaceManifests extends MasterToSlaveFileCallable<TreeMap<String, byte[]>> {

    static final int FILES = 1000;
    static final int BYTES = 16 << 20;

    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,4096}");

    private final String patterns;

    /** @param patterns Ant patterns, parted by commas */
    WorkspaceManifests(String patterns) {
        this.patterns = patterns;
    }

    /** The files' contents by their names below the workspace. */
    @Override
    public TreeMap<String, byte[]> invoke(File workspace, VirtualChannel channel)
            throws IOException, InterruptedException {
        if (!workspace.isDirectory()) {
            throw none(workspace);
        }
        FilePath[] found = new FilePath(workspace).list(patterns);
        if (found.length == 0) {
            throw none(workspace);
        }
        if (found.length > FILES) {
            throw tooMany(found.length);
        }
        Path root = workspace.toPath();
        Path real = root.toRealPath();
        TreeMap<String, byte[]> contents = new TreeMap<>();
        int left = BYTES;
        for (FilePath each : found) {
            Path file = Path.of(each.getRemote());
            String name = root.relativize(file).toString().replace(File.separatorChar, '/');
            Path target = file.toRealPath();
            if (!target.startsWith(real)) {
                throw new AbortException("workflows: " + name + " is a link that leaves the workspace; refused");
            }
            try (InputStream in = Files.newInputStream(target)) {
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

    /**
     * What an agent says that it read. It may run another program than ours: the bounds are held to here once more.
     *
     * @throws AbortException when it is more than that program would have sent, or from elsewhere
     */
    void check(Map<String, byte[]> answer) throws AbortException {
        if (answer.size() > FILES) {
            throw tooMany(answer.size());
        }
        if (answer.values().stream().mapToLong(content -> content.length).sum() > BYTES) {
            throw tooMuch();
        }
        for (String name : answer.keySet()) {
            if (name.startsWith("/") || !NAME.matcher(name).matches() || ("/" + name + "/").contains("/../")) {
                throw new AbortException("workflows: the agent answered with a file that is in no workspace; refused");
            }
        }
    }

    private AbortException tooMany(int files) {
        return new AbortException("workflows: '" + patterns + "' matches " + files + " files, more than " + FILES
                + "; choose a narrower pattern");
    }

    private AbortException tooMuch() {
        return new AbortException(
                "workflows: '" + patterns + "' matches more than " + (BYTES >> 20) + " MiB; choose a narrower pattern");
    }

    private AbortException none(File workspace) {
        return new AbortException(
                "workflows: no file in the workspace " + workspace + " matches '" + patterns + "' (Ant pattern)");
    }
}
