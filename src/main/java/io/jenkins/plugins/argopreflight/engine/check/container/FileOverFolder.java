package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A single file is mounted where the image has a folder: the runtime refuses it, and starts no process. Sources:
 * opencontainers runc libcontainer/rootfs_linux.go; argo-workflows workflow/controller/workflowpod.go (addInputArtifactsVolumes).
 */
public final class FileOverFolder extends ContainerCheck {

    /** All images have it, since the kubelet writes files of its own there. */
    private static final Set<String> FOLDERS = Set.of("/etc");

    public FileOverFolder() {
        super("file-over-folder", "A single file is mounted where the image has a folder");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        for (JsonNode mount : at.container().path("volumeMounts")) {
            String folder = At.folder(mount);
            if (FOLDERS.contains(folder) && isFile(at, mount)) {
                findings.add(finding(at, folder, mount));
            }
        }
        return findings;
    }

    private static boolean isFile(At at, JsonNode mount) {
        String file = mount.path("subPath").asText();
        JsonNode volume = at.pod().volume(mount);
        if (mount.path("name").asText().equals("input-artifacts")) {
            return PodTemplate.of(at.pod())
                    .path("inputs")
                    .path("artifacts")
                    .valueStream()
                    .anyMatch(artifact -> artifact.path("name").asText().equals(file)
                            && artifact.path("raw").isObject());
        }
        // Without items a key that does not exist is a folder.
        return Stream.of(volume.path("configMap"), volume.path("secret"))
                .filter(source -> !source.path("optional").asBoolean())
                .flatMap(source -> source.path("items").valueStream())
                .anyMatch(item -> item.path("path").asText().equals(file));
    }

    private Finding finding(At at, String folder, JsonNode mount) {
        String file = mount.path("subPath").asText();
        return Finding.fail(
                        info(),
                        Places.of(at.workflow(), at.pod(), at.path() + ".volumeMounts"),
                        "File " + file + " is mounted at " + folder + " of " + at.description()
                                + ", which is a folder in the image. The runtime cannot start the container"
                                + " (StartError), and the node ends in Failed.")
                .title("File %s is mounted at folder %s", file, folder)
                .evidence(EvidenceLine.words(
                        "not a directory: Are you trying to mount a directory onto a file (or vice-versa)?"))
                .fix(AskPerson.reader("write the path of the file, such as " + folder + "/" + file));
    }
}
