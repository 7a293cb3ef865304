package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * The kubelet makes a DirectoryOrCreate as root with mode 0755, a FileOrCreate with 0644: another user cannot write
 * there. Source: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
 */
public final class HostPathOwnership extends HostPaths {

    private static final CheckInfo INFO = new CheckInfo(
                    "host-path-ownership",
                    "A container that is not root writes to a hostPath that the kubelet makes for root",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .needing();

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
    private static String user(JsonNode spec, JsonNode container) {
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

    /** Where the volume stands, a volume that the pod's group may write. */
    private static String instead(HostPath hostPath) {
        String path = hostPath.pod().origin(hostPath.field()).path().replaceFirst("\\.?volumes.*", "");
        String template = hostPath.pod().template();
        boolean inTemplate = path.contains("templates[");
        List<String> parts = inTemplate || path.isEmpty() ? List.of() : List.of(path.split("\\."));
        StringBuilder yaml = new StringBuilder("# " + (inTemplate ? "in template " + template : "in the manifest")
                + ": a volume that the pod's group may write\n");
        for (int i = 0; i < parts.size(); i++) {
            yaml.append("  ".repeat(i)).append(parts.get(i)).append(":\n");
        }
        String body = "securityContext:\n  fsGroup: 1000\nvolumes:\n- name: " + hostPath.name()
                + "\n  emptyDir: {}   # or persistentVolumeClaim: {claimName: NAME}";
        return yaml + (parts.isEmpty() ? body : body.indent(2 * parts.size()).stripTrailing());
    }

    private static Finding finding(HostPath hostPath, String container, String user) {
        String uid = user.startsWith("UID ") ? user.substring(4) : "UID";
        boolean directory = hostPath.type().equals("DirectoryOrCreate");
        return Finding.fail(
                        INFO,
                        Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field())
                                .container(container),
                        "Container " + container + " runs as " + user + " and writes to " + hostPath.words()
                                + ": with type " + hostPath.type() + " the kubelet makes it for root with mode "
                                + (directory ? "0755" : "0644") + ", so writing ends with \"permission denied\".")
                .evidence("hostPath.type: " + hostPath.type(), "container " + container + " runs as " + user)
                .fix(
                        instead(hostPath),
                        "# or make it on every node that runs the pod, then write type: "
                                + (directory ? "Directory" : "File") + ":\nsudo install "
                                + (directory ? "-d -m 0775" : "-m 0664 /dev/null") + " -o " + uid + " "
                                + hostPath.path());
    }
}
