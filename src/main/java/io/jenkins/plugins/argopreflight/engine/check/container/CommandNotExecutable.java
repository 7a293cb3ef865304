package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for commands that are files of a ConfigMap or Secret without execute permission. The kubelet writes these
 * files without this permission unless a mode is set, and then not even root can execute them. Source: kubernetes
 * pkg/volume/configmap (MakePayload, default mode 0644).
 */
public final class CommandNotExecutable extends ContainerCheck {

    private static final int EXECUTE_BITS = 0111;
    private static final int DEFAULT_MODE = 0644;

    public CommandNotExecutable() {
        super(CheckInfo.error(
                "command-not-executable",
                "A container's command is a file of a ConfigMap or Secret without execute permission",
                Topic.WORKFLOW));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        String program = ShellScript.executedProgram(CommandLine.userCommand(checked.container()));
        List<JsonNode> mounts = new ArrayList<>();
        for (JsonNode mount : checked.container().path("volumeMounts")) {
            if (!CheckedContainer.folder(mount).isEmpty() && CheckedContainer.covers(mount, program)) {
                mounts.add(mount);
            }
        }
        // If mounts are nested, the kubelet determines which of them is on top.
        if (mounts.size() != 1) {
            return List.of();
        }
        JsonNode mount = mounts.get(0);
        List<Integer> modes = modes(checked.pod().volume(mount), file(mount, program));
        boolean executable = modes.stream().anyMatch(mode -> (mode & EXECUTE_BITS) != 0);
        return modes.isEmpty() || executable ? List.of() : List.of(finding(checked, program, mount, modes.get(0)));
    }

    /** Returns the path of the program in the volume. */
    private static String file(JsonNode mount, String program) {
        String suffix = program.substring(CheckedContainer.folder(mount).length());
        String path = Json.text(mount, "subPath") + suffix;
        return path.startsWith("/") ? path.substring(1) : path;
    }

    /** Returns the modes that the file can have; empty if the volume has no such file, or is of another kind. */
    private static List<Integer> modes(JsonNode volume, String file) {
        List<JsonNode> sources = new ArrayList<>(List.of(volume));
        volume.path("projected").path("sources").forEach(sources::add);
        List<Integer> modes = new ArrayList<>();
        for (JsonNode source : sources) {
            for (String kind : List.of("configMap", "secret")) {
                if (source.has(kind)) {
                    addModes(
                            modes,
                            source.path(kind),
                            volume.path("projected").path("defaultMode").asInt(DEFAULT_MODE),
                            file);
                }
            }
        }
        return modes;
    }

    /**
     * Adds the modes that the file can have in a ConfigMap or Secret.
     *
     * @param source the field {@code configMap} or {@code secret} of a volume
     */
    private static void addModes(List<Integer> modes, JsonNode source, int defaultMode, String file) {
        int mode = source.path("defaultMode").asInt(defaultMode);
        JsonNode items = source.path("items");
        if (items.isEmpty()) {
            modes.add(mode);
        }
        for (JsonNode item : items) {
            if (Json.text(item, "path").equals(file) || file.contains("{{")) {
                modes.add(item.path("mode").asInt(mode));
            }
        }
    }

    private Finding finding(CheckedContainer checked, String program, JsonNode mount, int mode) {
        String volume = Json.text(mount, "name");
        return Finding.fail(
                        info(),
                        Places.of(checked.workflow(), checked.pod(), checked.path() + ".command"),
                        Title.capitalized(checked.description()) + " executes " + program + ", a file of volume "
                                + volume + ". Its mode has no execute permission, so it"
                                + " fails with \"permission denied\".")
                .title("Command %s has no execute permission", program)
                .evidence(
                        EvidenceLine.field("mode", "0" + Integer.toOctalString(mode)),
                        EvidenceLine.field("volumeMounts", volume + " at " + CheckedContainer.folder(mount)))
                .fix(AskPerson.reader("write defaultMode: 0755 in volume " + volume
                        + ", or give the file to its interpreter, as in command: [sh, " + program + "]"));
    }
}
