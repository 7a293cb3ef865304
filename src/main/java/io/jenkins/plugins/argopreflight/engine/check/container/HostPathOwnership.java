package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.container.ContainerCheck.At;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The kubelet makes a DirectoryOrCreate as root with mode 0755, a FileOrCreate with 0644: another user cannot write
 * there. Source: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
 */
public final class HostPathOwnership extends HostPaths {

    private static final CheckInfo INFO = new CheckInfo(
                    "host-path-ownership",
                    "A container that is not root writes to a hostPath that belongs to root",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .also(Outcome.WARN);

    /** Words that mean the same to a shell. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,+@% -]+");

    /** After it a script does not surely write, or does not mind that it cannot. */
    private static final Pattern CONDITION = Pattern.compile("\\|\\||&&|\\b(?:if|while|until|for|case)\\b");

    /** Folders of every node in which each user can write. */
    private static final Set<String> SHARED = Set.of("/tmp", "/var/tmp", "/dev/shm");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    List<Finding> check(HostPath hostPath) {
        JsonNode spec = hostPath.pod().spec();
        boolean prepared = hostPath.writers("initContainers").stream()
                .anyMatch(container -> user(spec, container).isEmpty());
        if (!hostPath.type().endsWith("OrCreate") || SHARED.contains(hostPath.path()) || prepared) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        for (JsonNode container : hostPath.writers()) {
            String user = user(spec, container);
            if (user.isEmpty()) {
                continue;
            }
            Optional<String> script = script(hostPath, container);
            boolean guarded =
                    script.filter(text -> CONDITION.matcher(text).find()).isPresent();
            if (guarded
                    || script.filter(text -> writesElsewhere(text, hostPath, container))
                            .isEmpty()) {
                findings.add(finding(hostPath, container.path("name").asText(""), user, guarded));
            }
        }
        return findings;
    }

    /** What a container runs, where it is known as a script. */
    private static Optional<String> script(HostPath hostPath, JsonNode container) {
        String line = String.join(" ", CommandLine.own(container));
        return ReadFiles.script(hostPath.pod(), container)
                .or(() -> PLAIN.matcher(line).matches() ? Optional.of(line) : Optional.empty());
    }

    /** Whether all that a script writes is known, and nothing of it is there; to make the mount itself writes nothing. */
    private static boolean writesElsewhere(String script, HostPath hostPath, JsonNode container) {
        return ShellScript.written(script)
                .filter(paths -> paths.stream()
                        .noneMatch(path -> hostPath.mounts(container).stream()
                                .anyMatch(mount -> At.isIn(mount, path)
                                        && !(path.equals(mount.path("mountPath").asText(""))
                                                && hostPath.type().startsWith("Directory")))))
                .isPresent();
    }

    /** Who runs it: a number, {@code a user other than root}, or "" for root or when only the image says it. */
    static String user(JsonNode spec, JsonNode container) {
        JsonNode own = container.path("securityContext");
        JsonNode pods = spec.path("securityContext");
        JsonNode user = own.has("runAsUser") ? own.path("runAsUser") : pods.path("runAsUser");
        if (user.isNumber()) {
            return user.asLong() == 0 ? "" : "UID " + user.asText("");
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

    /** @param guarded whether its script has conditions */
    private static Finding finding(HostPath hostPath, String container, String user, boolean guarded) {
        Operand uid = user.startsWith("UID ") ? Operand.text(user.substring(4)) : Operand.placeholder("UID");
        boolean directory = hostPath.type().equals("DirectoryOrCreate");
        Subject subject =
                Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field()).container(container);
        String created = ". With type " + hostPath.type() + " the kubelet creates it for root with mode "
                + (directory ? "0755" : "0644")
                + " where it does not exist, and writing fails with \"permission denied\".";
        String start = "Container " + container + " runs as " + user + " and ";
        Finding finding = guarded
                ? Finding.warn(
                                INFO,
                                subject,
                                start + "mounts " + hostPath.description() + " without readOnly" + created)
                        .title(
                                "hostPath %s can belong to root, and container %s is not root",
                                hostPath.path(), container)
                : Finding.fail(INFO, subject, start + "writes to " + hostPath.description() + created)
                        .title("Container %s cannot write to hostPath %s", container, hostPath.path());
        if (guarded) {
            finding = finding.fix(AskPerson.reader(
                    "if container " + container + " only reads it, set readOnly: true in its volumeMounts"));
        }
        return finding.evidence(
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
