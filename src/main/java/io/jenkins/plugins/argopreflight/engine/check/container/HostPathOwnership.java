package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.container.ContainerCheck.CheckedContainer;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A check for containers that write to a hostPath of root as another user. The kubelet creates a DirectoryOrCreate as
 * root with mode 0755, and a FileOrCreate with 0644. Source:
 * https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
 */
public final class HostPathOwnership extends HostPathCheck {

    /** Matches command lines that a shell executes as they are written. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,+@% -]+");

    /** Matches the parts of a script because of which a write can be left out, or its failure ignored. */
    private static final Pattern CONDITION = Pattern.compile("\\|\\||&&|\\b(?:if|while|until|for|case)\\b");

    /** Folders of every node in which each user can write. */
    private static final Set<String> SHARED = Set.of("/tmp", "/var/tmp", "/dev/shm");

    public HostPathOwnership() {
        super(CheckInfo.error(
                        "host-path-ownership",
                        "A container that is not root writes to a hostPath that belongs to root",
                        Topic.WORKFLOW)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected List<Finding> check(Facts facts, HostPath hostPath) {
        JsonNode spec = hostPath.pod().spec();
        // An init container that can be root can change the owner before the others write.
        boolean isPrepared = hostPath.writers("initContainers").stream()
                .anyMatch(container -> user(spec, container).isEmpty());
        if (!hostPath.type().endsWith("OrCreate") || SHARED.contains(hostPath.path()) || isPrepared) {
            return List.of();
        }
        List<Finding> findings = new Findings();
        for (JsonNode container : hostPath.writers()) {
            String user = user(spec, container);
            if (user.isEmpty()) {
                continue;
            }
            Optional<String> script = script(hostPath, container);
            boolean hasConditions =
                    script.filter(text -> CONDITION.matcher(text).find()).isPresent();
            if (hasConditions
                    || script.filter(text -> writesElsewhere(text, hostPath, container))
                            .isEmpty()) {
                findings.add(finding(hostPath, container, user, hasConditions));
            }
        }
        return findings;
    }

    /** Returns the script that a container runs, if it is known. */
    private static Optional<String> script(HostPath hostPath, JsonNode container) {
        String line = String.join(" ", CommandLine.userCommand(container));
        return ReadFiles.script(hostPath.pod(), container)
                .or(() -> PLAIN.matcher(line).matches() ? Optional.of(line) : Optional.empty());
    }

    /**
     * Returns whether all files that a script writes are known, and none is in the volume. A command that creates the
     * folder at which the volume is mounted does not count.
     */
    private static boolean writesElsewhere(String script, HostPath hostPath, JsonNode container) {
        return ShellScript.writtenPaths(script)
                .filter(paths -> paths.stream()
                        .noneMatch(path -> hostPath.mounts(container).stream()
                                .anyMatch(mount -> CheckedContainer.covers(mount, path)
                                        && !(path.equals(Json.text(mount, "mountPath"))
                                                && hostPath.type().startsWith("Directory")))))
                .isPresent();
    }

    /**
     * Returns the user of a container: {@code UID 1000}, {@code a user other than root}, or "" for root or if only the
     * image determines the user.
     */
    static String user(JsonNode spec, JsonNode container) {
        JsonNode user = setting(spec, container, "runAsUser");
        if (user.isNumber()) {
            return user.asLong() == 0 ? "" : "UID " + Json.text(user);
        }
        return setting(spec, container, "runAsNonRoot").asBoolean() ? "a user other than root" : "";
    }

    /** Returns a field of the container's security context; that of the pod if the container does not have it. */
    private static JsonNode setting(JsonNode spec, JsonNode container, String field) {
        JsonNode context = container.path("securityContext");
        return (context.has(field) ? context : spec.path("securityContext")).path(field);
    }

    /** Returns the fix that replaces the volume, at its declaration, by a volume to which the pod's group can write. */
    private static Fix otherVolume(HostPath hostPath) {
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

    /**
     * Creates the finding.
     *
     * @param writer the container that writes to the hostPath
     * @param hasConditions whether the script of the container has conditions
     */
    private Finding finding(HostPath hostPath, JsonNode writer, String user, boolean hasConditions) {
        String container = Json.text(writer, "name");
        JsonNode runAsUser = setting(hostPath.pod().spec(), writer, "runAsUser");
        Operand uid = runAsUser.isNumber() ? Operand.text(Json.text(runAsUser)) : Operand.placeholder("UID");
        boolean isDirectory = hostPath.type().equals("DirectoryOrCreate");
        Subject subject =
                Places.of(hostPath.workflow(), hostPath.pod(), hostPath.field()).container(container);
        String created = ". With type " + hostPath.type() + " the kubelet creates it for root with mode "
                + (isDirectory ? "0755" : "0644")
                + " where it does not exist, and writing fails with \"permission denied\".";
        String start = "Container " + container + " runs as " + user + " and ";
        Finding finding = hasConditions
                ? Finding.warn(
                                info(),
                                subject,
                                start + "mounts " + hostPath.description() + " without readOnly" + created)
                        .title(
                                "hostPath %s can belong to root, and container %s is not root",
                                hostPath.path(), container)
                : Finding.fail(info(), subject, start + "writes to " + hostPath.description() + created)
                        .title("Container %s cannot write to hostPath %s", container, hostPath.path());
        if (hasConditions) {
            finding = finding.fix(AskPerson.reader(
                    "if container " + container + " only reads it, set readOnly: true in its volumeMounts"));
        }
        return finding.evidence(
                        EvidenceLine.field("hostPath.type", hostPath.type()),
                        EvidenceLine.words("container " + container + " runs as " + user))
                .fix(
                        otherVolume(hostPath),
                        RunCommands.of((isDirectory
                                                ? Command.of("sudo", "install", "-d", "-m", "0775", "-o")
                                                : Command.of("sudo", "install", "-m", "0664", "/dev/null", "-o"))
                                        .with(uid, Operand.positional(hostPath.path())))
                                .or("make it on every node that runs the pod, then write type: "
                                        + (isDirectory ? "Directory" : "File") + ":"));
    }
}
