package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.ArrayList;
import java.util.List;

/**
 * The kubelet makes a DirectoryOrCreate as root with mode 0755, a FileOrCreate with 0644: another user cannot write
 * there. Source: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
 */
public final class HostPathOwnership extends HostPaths {

    private static final CheckInfo INFO = new CheckInfo(
            "host-path-ownership",
            "A container that is not root writes to a hostPath that belongs to root",
            Severity.ERROR,
            Topic.WORKFLOW);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    List<Finding> check(HostPath hostPath) {
        if (!hostPath.type().endsWith("OrCreate")) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (JsonNode container : hostPath.writers()) {
            String user = user(hostPath.pod().spec(), container);
            if (!user.isEmpty()) {
                findings.add(finding(hostPath, container.path("name").asText(), user));
            }
        }
        return findings;
    }

    /** Who runs it: a number, {@code a user other than root}, or "" for root or when only the image says it. */
    static String user(JsonNode spec, JsonNode container) {
        JsonNode own = container.path("securityContext");
        JsonNode pods = spec.path("securityContext");
        JsonNode user = own.has("runAsUser") ? own.path("runAsUser") : pods.path("runAsUser");
        if (user.isNumber()) {
            return user.asLong() == 0 ? "" : "UID " + user.asText();
        }
        boolean nonRoot =
                (own.has("runAsNonRoot") ? own : pods).path("runAsNonRoot").asBoolean();
        return nonRoot ? "a user other than root" : "";
    }

    /** Where the volume stands, a volume that the pod's group can write. */
    private static Fix instead(HostPath hostPath) {
        String path = hostPath.pod().origin(hostPath.field()).path().replaceFirst("\\.?volumes.*", "");
        boolean inTemplate = path.contains("templates[");
        String[] parts = inTemplate || path.isEmpty() ? new String[0] : path.split("\\.");
        return ChangeField.to(Yaml.of("""
            securityContext:
              fsGroup: 1000
            volumes:
            - name: $name
              emptyDir: {} # or persistentVolumeClaim: {claimName: NAME}
            """).with("name", hostPath.name()).under(parts))
                .because((inTemplate ? "in template " + hostPath.pod().template() : "in the manifest")
                        + ": a volume that the pod's group is allowed to write");
    }

    private static Finding finding(HostPath hostPath, String container, String user) {
        Operand uid = user.startsWith("UID ") ? Operand.text(user.substring(4)) : Operand.placeholder("UID");
        boolean directory = hostPath.type().equals("DirectoryOrCreate");
        return Finding.fail(
                        INFO,
                        Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field())
                                .container(container),
                        "Container " + container + " runs as " + user + " and writes to " + hostPath.description()
                                + ". With type " + hostPath.type() + " the kubelet creates it for root with mode "
                                + (directory ? "0755" : "0644") + ", so writing fails with \"permission denied\".")
                .title("Container %s cannot write to hostPath %s", container, hostPath.path())
                .evidence(
                        EvidenceLine.field("hostPath.type", hostPath.type()),
                        EvidenceLine.words("container " + container + " runs as " + user))
                .fix(
                        instead(hostPath),
                        RunCommands.of((directory
                                                ? Command.of("sudo", "install", "-d", "-m", "0775", "-o")
                                                : Command.of("sudo", "install", "-m", "0664", "/dev/null", "-o"))
                                        .with(uid, Operand.positional(hostPath.path())))
                                .because("or make it on every node that runs the pod, then write type: "
                                        + (directory ? "Directory" : "File") + ":"));
    }
}
