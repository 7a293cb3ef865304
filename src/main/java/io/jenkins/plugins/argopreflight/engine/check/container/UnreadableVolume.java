package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.ArrayList;
import java.util.List;

/**
 * A Secret or ConfigMap as a volume of which only root can read the files, in a container that is not root. With fsGroup the
 * kubelet lets the group read them. Source: kubernetes pkg/volume/volume_linux.go (SetVolumeOwnership), pkg/volume/secret.
 */
public final class UnreadableVolume extends ContainerCheck {

    private static final int GROUP_READ = 040;
    private static final int OTHERS_READ = 04;

    public UnreadableVolume() {
        super(info(
                        "unreadable-volume",
                        "The mode of a volume's files lets only root read them, and a container is not root")
                .also(Outcome.WARN));
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        JsonNode pod = at.pod().spec().path("securityContext");
        String user = HostPathOwnership.user(at.pod().spec(), at.container());
        if (user.isEmpty() || pod.has("fsGroup")) {
            return findings;
        }
        boolean rootGroup = (at.securityContext().has("runAsGroup") ? at.securityContext() : pod)
                        .path("runAsGroup")
                        .asLong(0)
                == 0;
        for (JsonNode mount : at.container().path("volumeMounts")) {
            JsonNode volume = at.pod().volume(mount);
            // Argo gives its own containers the same mounts, below this folder.
            boolean mirrored = mount.path("mountPath").asText("").startsWith("/mainctrfs");
            for (String kind : List.of("secret", "configMap")) {
                JsonNode source = volume.path(kind);
                if (!mirrored
                        && source.isObject()
                        && isUnreadable(source, rootGroup ? GROUP_READ | OTHERS_READ : OTHERS_READ)) {
                    findings.add(finding(at, mount, kind, source, user));
                }
            }
        }
        return findings;
    }

    /** Whether no file has one of these bits. */
    private static boolean isUnreadable(JsonNode source, int bits) {
        boolean readable =
                source.path("items").isEmpty() && (source.path("defaultMode").asInt(0644) & bits) != 0;
        for (JsonNode item : source.path("items")) {
            readable |= (item.path("mode").asInt(source.path("defaultMode").asInt(0644)) & bits) != 0;
        }
        return !readable;
    }

    private Finding finding(At at, JsonNode mount, String kind, JsonNode source, String user) {
        String mode = source.has("defaultMode")
                ? "0" + Integer.toOctalString(source.path("defaultMode").asInt())
                : "that of its items";
        String volume = mount.path("name").asText("");
        Subject subject = Places.of(at.workflow(), at.pod(), "spec.volumes[" + volume + "]." + kind)
                .container(at.name());
        String detail = "The files of volume " + volume + " belong to root, and their mode is " + mode + ". "
                + Title.capital(at.description()) + " runs as " + user
                + ", so reading them fails with \"permission denied\".";
        String folder = At.folder(mount);
        boolean reads = ReadFiles.reads(at.pod(), at.container(), folder)
                || ReadFiles.executes(at.pod(), at.container(), folder);
        return (reads ? Finding.fail(info(), subject, detail) : Finding.warn(info(), subject, detail))
                .title("Container %s cannot read volume %s", at.name(), volume)
                .evidence(
                        EvidenceLine.field("mode", mode),
                        EvidenceLine.words("container " + at.name() + " runs as " + user))
                .fix(
                        Places.inSpec(at.workflow(), Yaml.of("securityContext:\n  fsGroup: 1000"))
                                .because("the kubelet lets the pod's group read the files:"),
                        AskPerson.reader("or write defaultMode: 0444 in volume " + volume));
    }
}
