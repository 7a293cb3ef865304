package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for volumes of Secrets or ConfigMaps whose files only root can read, in a container that is not root. If the
 * pod has fsGroup, the kubelet allows this group to read the files. Source: kubernetes pkg/volume/volume_linux.go
 * (SetVolumeOwnership), pkg/volume/secret.
 */
public final class UnreadableVolume extends ContainerCheck {

    private static final int GROUP_READ_BIT = 040;
    private static final int OTHERS_READ_BIT = 04;
    private static final int DEFAULT_MODE = 0644;

    public UnreadableVolume() {
        super(CheckInfo.error(
                        "unreadable-volume",
                        "The mode of a volume's files lets only root read them, and a container is not root",
                        Topic.WORKFLOW)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        List<Finding> findings = new ArrayList<>();
        JsonNode podContext = checked.pod().spec().path("securityContext");
        String user = HostPathOwnership.user(checked.pod().spec(), checked.container());
        if (user.isEmpty() || podContext.has("fsGroup")) {
            return findings;
        }
        boolean isRootGroup = (checked.securityContext().has("runAsGroup") ? checked.securityContext() : podContext)
                        .path("runAsGroup")
                        .asLong(0)
                == 0;
        for (JsonNode mount : checked.container().path("volumeMounts")) {
            JsonNode volume = checked.pod().volume(mount);
            // Argo gives its own containers the same mounts, below this folder.
            boolean isArgoMount = Json.text(mount, "mountPath").startsWith("/mainctrfs");
            for (String kind : List.of("secret", "configMap")) {
                JsonNode source = volume.path(kind);
                if (!isArgoMount
                        && source.isObject()
                        && isUnreadable(source, isRootGroup ? GROUP_READ_BIT | OTHERS_READ_BIT : OTHERS_READ_BIT)) {
                    findings.add(finding(checked, mount, kind, source, user));
                }
            }
        }
        return findings;
    }

    /** Returns whether no file of the volume has one of these permission bits. */
    private static boolean isUnreadable(JsonNode source, int bits) {
        boolean isReadable =
                source.path("items").isEmpty() && (source.path("defaultMode").asInt(DEFAULT_MODE) & bits) != 0;
        for (JsonNode item : source.path("items")) {
            isReadable |= (item.path("mode").asInt(source.path("defaultMode").asInt(DEFAULT_MODE)) & bits) != 0;
        }
        return !isReadable;
    }

    private Finding finding(CheckedContainer checked, JsonNode mount, String kind, JsonNode source, String user) {
        String mode = source.has("defaultMode")
                ? "0" + Integer.toOctalString(source.path("defaultMode").asInt())
                : "that of its items";
        String volume = Json.text(mount, "name");
        Subject subject = Places.of(checked.workflow(), checked.pod(), "spec.volumes[" + volume + "]." + kind)
                .container(checked.name());
        String detail = "The files of volume " + volume + " belong to root, and their mode is " + mode + ". "
                + Title.capitalized(checked.description()) + " runs as " + user
                + ", so reading them fails with \"permission denied\".";
        String folder = CheckedContainer.folder(mount);
        boolean isRead = ReadFiles.reads(checked.pod(), checked.container(), folder)
                || ReadFiles.executes(checked.pod(), checked.container(), folder);
        return (isRead ? Finding.fail(info(), subject, detail) : Finding.warn(info(), subject, detail))
                .title("Container %s cannot read volume %s", checked.name(), volume)
                .evidence(
                        EvidenceLine.field("mode", mode),
                        EvidenceLine.words("container " + checked.name() + " runs as " + user))
                .fix(
                        Places.inSpec(checked.workflow(), Yaml.of("securityContext:\n  fsGroup: 1000"))
                                .because("the kubelet lets the pod's group read the files:"),
                        AskPerson.or("write defaultMode: 0444 in volume " + volume));
    }
}
