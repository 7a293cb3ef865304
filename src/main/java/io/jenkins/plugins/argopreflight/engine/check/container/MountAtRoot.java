package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume in the place of the root file system hides the image, and /proc with it: the runtime starts no process. The API
 * server accepts the path. Source: opencontainers runc libcontainer/rootfs_linux.go.
 */
public final class MountAtRoot extends ContainerCheck {

    public MountAtRoot() {
        super("mount-at-root", "A volume is mounted at /");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode mount : at.container().path("volumeMounts")) {
            if (mount.path("mountPath").asText().matches("/[/.]*")) {
                findings.add(finding(at, mount.path("name").asText()));
            }
        }
        return findings;
    }

    private Finding finding(At at, String volume) {
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".volumeMounts"),
                        "Volume " + volume + " is mounted at / of " + at.description()
                                + ", in the place of everything that the image has. The runtime cannot start the"
                                + " container (StartError), and the node ends in Failed.")
                .title("Volume %s is mounted at /", volume)
                .evidence(EvidenceLine.field("volumeMounts", volume + " at /"))
                .fix(AskPerson.reader("mount the volume at a folder, such as /work"));
    }
}
