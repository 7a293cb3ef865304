package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.Folders;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Argo's init container writes an input artifact into the volume that the template mounts around its path, and that volume
 * is read-only. Source: argo-workflows workflow/controller/workflowpod.go (addInputArtifactsVolumes), workflow/common/util.go
 * (FindOverlappingVolume); volumes of these types are read-only for containers: kubernetes pkg/volume/{configmap,secret,
 * downwardapi,projected,image}.
 */
public final class ReadOnlyInput extends ContainerCheck {

    private static final Set<String> READ_ONLY = Set.of("configMap", "secret", "downwardAPI", "projected", "image");

    public ReadOnlyInput() {
        super("read-only-input", "A template's input artifact is in a read-only volume");
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        JsonNode artifacts = at.template().path("inputs").path("artifacts");
        if (at.name().equals("main") && !artifacts.isEmpty()) {
            Folders<JsonNode> mounts = Folders.ofMounts(mounts(at));
            for (JsonNode artifact : artifacts) {
                String path = artifact.path("path").asText();
                mounts.around(path)
                        .filter(mount -> !At.folder(mount).isEmpty())
                        .filter(mount -> isReadOnly(at, mount))
                        .map(mount -> finding(at, artifact.path("name").asText(), path, mount))
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** What the template says; Argo mounts the artifact itself where none of these has it. */
    private static JsonNode mounts(At at) {
        JsonNode template = at.template();
        JsonNode own = template.has("script") ? template.path("script") : template.path("container");
        return own.path("volumeMounts");
    }

    private static boolean isReadOnly(At at, JsonNode mount) {
        return mount.path("readOnly").asBoolean()
                || READ_ONLY.stream().anyMatch(at.pod().volume(mount)::has);
    }

    private Finding finding(At at, String name, String path, JsonNode mount) {
        String volume = mount.path("name").asText();
        return Finding.fail(
                        info(),
                        Places.workflow(at.workflow(), "").at(at.pod().templateLocation()),
                        "Input artifact " + name + " of " + Places.template(at.pod()) + " has path " + path
                                + ", which is in volume " + volume + " ("
                                + mount.path("mountPath").asText()
                                + "), and that is read-only. Argo's init container cannot write it, and the node ends"
                                + " in Error.")
                .title("Input artifact %s is in read-only volume %s", name, volume)
                .evidence(
                        EvidenceLine.field("inputs.artifacts." + name + ".path", path),
                        EvidenceLine.field(
                                "volumeMounts",
                                volume + " at " + mount.path("mountPath").asText()))
                .fix(AskPerson.reader("give the artifact a path outside of "
                        + mount.path("mountPath").asText()));
    }
}
