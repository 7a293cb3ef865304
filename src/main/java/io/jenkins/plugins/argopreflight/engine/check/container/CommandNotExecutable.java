package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that is a file of a ConfigMap or Secret: the kubelet writes it without execute permission, if no mode says
 * otherwise, and then not even root can execute it. Source: kubernetes pkg/volume/configmap (MakePayload, default mode 0644).
 */
public final class CommandNotExecutable extends ContainerCheck {

    private static final int EXECUTE = 0111;
    private static final int DEFAULT = 0644;

    public CommandNotExecutable() {
        super(
                "command-not-executable",
                "A container's command is a file of a ConfigMap or Secret without execute permission");
    }

    @Override
    List<Finding> check(At at) {
        String program = ShellScript.executed(CommandLine.own(at.container()));
        List<JsonNode> mounts = new ArrayList<>();
        for (JsonNode mount : at.container().path("volumeMounts")) {
            if (!At.folder(mount).isEmpty() && At.isIn(mount, program)) {
                mounts.add(mount);
            }
        }
        // Of mounts within each other the kubelet decides which one is on top.
        if (mounts.size() != 1) {
            return List.of();
        }
        JsonNode mount = mounts.get(0);
        List<Integer> modes = modes(at.pod().volume(mount), file(mount, program));
        boolean executable = modes.stream().anyMatch(mode -> (mode & EXECUTE) != 0);
        return modes.isEmpty() || executable ? List.of() : List.of(finding(at, program, mount, modes.get(0)));
    }

    /** The path of the program in the volume. */
    private static String file(JsonNode mount, String program) {
        String rest = program.substring(At.folder(mount).length());
        String below = mount.path("subPath").asText("") + rest;
        return below.startsWith("/") ? below.substring(1) : below;
    }

    /** Those that the file can have; none where the volume has no such file, or is of another kind. */
    private static List<Integer> modes(JsonNode volume, String file) {
        List<JsonNode> sources = new ArrayList<>(List.of(volume));
        volume.path("projected").path("sources").forEach(sources::add);
        List<Integer> modes = new ArrayList<>();
        for (JsonNode source : sources) {
            for (String kind : List.of("configMap", "secret")) {
                if (source.has(kind)) {
                    add(
                            modes,
                            source.path(kind),
                            volume.path("projected").path("defaultMode").asInt(DEFAULT),
                            file);
                }
            }
        }
        return modes;
    }

    private static void add(List<Integer> modes, JsonNode source, int defaultMode, String file) {
        int mode = source.path("defaultMode").asInt(defaultMode);
        JsonNode items = source.path("items");
        if (items.isEmpty()) {
            modes.add(mode);
        }
        for (JsonNode item : items) {
            if (item.path("path").asText("").equals(file) || file.contains("{{")) {
                modes.add(item.path("mode").asInt(mode));
            }
        }
    }

    private Finding finding(At at, String program, JsonNode mount, int mode) {
        String volume = mount.path("name").asText("");
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".command"),
                        Title.capital(at.description()) + " executes " + program + ", a file of volume "
                                + volume + ". Its mode has no execute permission, so it"
                                + " fails with \"permission denied\".")
                .title("Command %s has no execute permission", program)
                .evidence(
                        EvidenceLine.field("mode", "0" + Integer.toOctalString(mode)),
                        EvidenceLine.field("volumeMounts", volume + " at " + At.folder(mount)))
                .fix(AskPerson.reader("write defaultMode: 0755 in volume " + volume
                        + ", or give the file to its interpreter, as in command: [sh, " + program + "]"));
    }
}
