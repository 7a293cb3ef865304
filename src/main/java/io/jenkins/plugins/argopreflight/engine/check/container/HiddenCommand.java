package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An emptyDir that nothing fills is mounted over the folder of the container's command: the program is not there. */
public final class HiddenCommand extends ContainerCheck {

    /** Before it Argo's own containers have what the executor needs. */
    private static final String ARGO = "/var/run/argo";

    public HiddenCommand() {
        super("hidden-command", "An emptyDir is mounted over the folder of a container's command");
    }

    @Override
    List<Finding> check(At at) {
        List<JsonNode> hiding = new ArrayList<>();
        List<String> words = CommandLine.own(at.container());
        String program = words.isEmpty() ? "" : words.get(0);
        for (JsonNode mount : at.container().path("volumeMounts")) {
            String folder = At.folder(mount);
            if (!folder.isEmpty() && At.isIn(mount, program) && !folder.startsWith(ARGO) && isEmptyAtStart(at, mount)) {
                hiding.add(mount);
            }
        }
        Set<String> filled = hiding.isEmpty() ? Set.of() : filled(at.pod().spec());
        return hiding.stream()
                .filter(mount -> !filled.contains(mount.path("name").asText()))
                .map(mount -> finding(at, program, mount))
                .toList();
    }

    private static boolean isEmptyAtStart(At at, JsonNode mount) {
        return at.pod().volume(mount).has("emptyDir")
                && !mount.has("subPath")
                && !mount.has("subPathExpr")
                && at.pod().kind() == ArgoPod.Kind.WORKLOAD;
    }

    /** The volumes of init containers of the template; Argo's own has the mounts of main to load artifacts there. */
    private static Set<String> filled(JsonNode spec) {
        Set<String> volumes = new HashSet<>();
        spec.path("initContainers")
                .forEach(container -> container
                        .path("volumeMounts")
                        .forEach(mount -> volumes.add(mount.path("name").asText())));
        return volumes;
    }

    private Finding finding(At at, String program, JsonNode mount) {
        String volume = mount.path("name").asText();
        String folder = mount.path("mountPath").asText();
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".command"),
                        "The command of " + at.description() + " is " + program + ", and emptyDir " + volume
                                + " is mounted at " + folder
                                + ", in the place of the image's files. The program is not found, and the node ends in"
                                + " Failed.")
                .title("Volume %s hides the command %s", volume, program)
                .evidence(EvidenceLine.field("volumeMounts", volume + " at " + folder))
                .fix(AskPerson.reader("mount the volume at another folder"));
    }
}
