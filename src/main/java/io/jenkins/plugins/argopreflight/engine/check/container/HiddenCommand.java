package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;

/** An emptyDir that nothing fills is mounted over the folder of the container's command: the program is not there. */
public final class HiddenCommand extends ContainerCheck {

    /** Before it Argo's own containers have what the executor needs. */
    private static final String ARGO = "/var/run/argo";

    public HiddenCommand() {
        super("hidden-command", "An emptyDir is mounted over the folder of a container's command");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        List<String> words = CommandLine.own(at.container());
        String program = words.isEmpty() ? "" : words.get(0);
        for (JsonNode mount : at.container().path("volumeMounts")) {
            String folder = At.folder(mount);
            if (!folder.isEmpty() && At.isIn(mount, program) && !folder.startsWith(ARGO) && isEmptyAtStart(at, mount)) {
                findings.add(finding(at, program, mount));
            }
        }
        return findings;
    }

    private static boolean isEmptyAtStart(At at, JsonNode mount) {
        return at.pod().volume(mount).has("emptyDir")
                && !mount.has("subPath")
                && !mount.has("subPathExpr")
                && !isFilled(at.pod().spec(), mount)
                && at.pod().kind() == ArgoPod.Kind.WORKLOAD;
    }

    /** By an init container of the template; Argo's own has the mounts of main to load artifacts there. */
    private static boolean isFilled(JsonNode spec, JsonNode mount) {
        for (JsonNode container : spec.path("initContainers")) {
            for (JsonNode other : container.path("volumeMounts")) {
                if (other.path("name").equals(mount.path("name"))) {
                    return true;
                }
            }
        }
        return false;
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
