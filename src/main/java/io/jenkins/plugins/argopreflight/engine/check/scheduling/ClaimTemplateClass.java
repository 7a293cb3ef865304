package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.check.place.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A claim that Argo makes from volumeClaimTemplates needs a StorageClass: its own, or a default one. Source:
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
public final class ClaimTemplateClass implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "claim-template-class",
                    "A volumeClaimTemplate has no StorageClass that exists",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.STORAGE_CLASSES, Need.VOLUMES)
            .ending(Ending.PENDING);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return ClaimTemplates.of(facts).stream().anyMatch(entry -> isWanted(facts, entry));
    }

    @Override
    public List<Finding> check(Facts facts) {
        Fact<List<ObjectNode>> classes = facts.cluster().list(Resource.STORAGE_CLASSES, "");
        List<Finding> findings = new ArrayList<>();
        for (ClaimTemplate entry : ClaimTemplates.of(facts)) {
            if (!isWanted(facts, entry)) {
                continue;
            }
            classes.fold(
                            known -> check(facts, entry, new StorageClasses(known)),
                            unknown -> Optional.of(Unsure.finding(
                                    INFO, entry.subject(".spec"), "the StorageClass of " + entry.path(), unknown)))
                    .ifPresent(finding -> findings.add(finding.on(pods(facts, entry))));
        }
        return findings;
    }

    /** Whether a pod mounts it, as far as the pods are known. */
    private static boolean isWanted(Facts facts, ClaimTemplate entry) {
        return entry.workflow().pods().isEmpty() || !pods(facts, entry).isEmpty();
    }

    /** Those that mount the claim: nothing else waits for it. */
    private static List<ArgoPod> pods(Facts facts, ClaimTemplate entry) {
        return List.copyOf(facts.derived(Users.class, Users::of)
                .byVolume()
                .getOrDefault(List.of(entry.workflow(), entry.name()), Set.of()));
    }

    /** The pods with a claim as a volume, by their workflow and the name of the volume. */
    private record Users(Map<List<Object>, Set<ArgoPod>> byVolume) {

        static Users of(Facts facts) {
            Map<List<Object>, Set<ArgoPod>> users = new HashMap<>();
            for (WorkflowFacts workflow : facts.workflows()) {
                for (ArgoPod pod : workflow.pods()) {
                    for (JsonNode volume : pod.spec().path("volumes")) {
                        if (volume.has("persistentVolumeClaim")) {
                            users.computeIfAbsent(
                                            List.of(workflow, Objects.text(volume, "name")),
                                            any -> new LinkedHashSet<>())
                                    .add(pod);
                        }
                    }
                }
            }
            return new Users(users);
        }
    }

    private static Optional<Finding> check(Facts facts, ClaimTemplate entry, StorageClasses classes) {
        Optional<String> wanted = StorageClasses.wanted(entry.claim());
        if (wanted.isPresent() && !wanted.get().isEmpty()) {
            boolean open = wanted.get().contains("{{");
            return open
                            || classes.named(wanted.get())
                                    .filter(Objects::isProvisioning)
                                    .isPresent()
                    ? Optional.empty()
                    : withoutProvisioner(facts, entry, wanted.get(), classes);
        }
        return wanted.isEmpty() && classes.hasDefault()
                ? Optional.empty()
                : facts.cluster()
                        .list(Resource.PERSISTENT_VOLUMES, "")
                        .fold(
                                all -> unserved(
                                        entry, wanted.isPresent(), classes, new StaticVolumes(entry.made(), all)),
                                unknown -> Optional.of(Unsure.finding(
                                        INFO,
                                        entry.subject(".spec"),
                                        "whether a PersistentVolume fits volumeClaimTemplate " + entry.name(),
                                        unknown)));
    }

    /** No provisioner creates a volume for the claim, so it takes one that exists. */
    private static Optional<Finding> unserved(
            ClaimTemplate entry, boolean isWithoutClass, StorageClasses classes, StaticVolumes volumes) {
        if (volumes.hasOne()) {
            return Optional.empty();
        }
        String why = isWithoutClass
                ? "has storageClassName \"\""
                : "has no storageClassName, and the cluster has no default StorageClass (" + classes.shown() + ")";
        String instead = classes.names().stream().findFirst().orElse("");
        Finding finding = finding(
                        entry.subject(".spec"), why + ", and no PersistentVolume fits it", entry.name(), instead)
                .evidence(volumes.evidence());
        if (isWithoutClass) {
            return Optional.of(finding);
        }
        return Optional.of(finding.fix(
                instead.isEmpty()
                        ? new AskPerson(
                                "cluster administrators",
                                "create a StorageClass, or a PersistentVolume without one that fits the claim")
                        : setDefault(Operand.name("StorageClass", instead))));
    }

    /** A volume that exists, and has the name of the class, is enough. */
    private static Optional<Finding> withoutProvisioner(
            Facts facts, ClaimTemplate entry, String wanted, StorageClasses classes) {
        Subject subject = entry.subject(".spec.storageClassName");
        String name = entry.name();
        return facts.cluster()
                .list(Resource.PERSISTENT_VOLUMES, "")
                .fold(
                        all -> {
                            StaticVolumes volumes = new StaticVolumes(entry.made(), all);
                            if (volumes.hasOne()) {
                                return Optional.empty();
                            }
                            boolean exists = classes.named(wanted).isPresent();
                            return Optional.of(
                                    volumes.isEmpty() && !exists
                                            ? finding(
                                                            subject,
                                                            "has StorageClass " + wanted + ", which does not exist ("
                                                                    + classes.shown() + "), and no PersistentVolume"
                                                                    + " has it",
                                                            name,
                                                            Nearest.to(wanted, classes.names())
                                                                    .orElse(""))
                                                    .title(
                                                            "StorageClass %s of volumeClaimTemplate %s does not exist",
                                                            wanted, name)
                                            : unfit(entry, wanted, exists, volumes));
                        },
                        unknown -> Optional.of(Unsure.finding(
                                INFO, subject, "whether a PersistentVolume of class " + wanted + " exists", unknown)));
    }

    private static Finding unfit(ClaimTemplate entry, String wanted, boolean exists, StaticVolumes volumes) {
        String name = entry.name();
        String why = exists ? "has provisioner " + Objects.NO_PROVISIONER : "does not exist";
        return Finding.fail(
                        INFO,
                        entry.subject(".spec"),
                        "StorageClass " + wanted + " of volumeClaimTemplate " + name + " " + why + ", so only a"
                                + " PersistentVolume of that class can be bound, and none fits. Argo's claim is never"
                                + " bound, and the pods that mount it stay Pending forever.")
                .title("No PersistentVolume of class %s fits volumeClaimTemplate %s", wanted, name)
                .evidence(volumes.evidence())
                .fix(RunCommands.of(Command.kubectl("get", "persistentvolumes"))
                        .because("write what one of them has into the spec of volumeClaimTemplate " + name
                                + ", or create one that fits:"));
    }

    private static Finding finding(Subject subject, String what, String name, String instead) {
        Operand storageClass = Operand.name("StorageClass", instead);
        return Finding.fail(
                        INFO,
                        subject,
                        "volumeClaimTemplate " + name + " " + what + ". Argo's claim is never bound, and the pods that"
                                + " mount it stay Pending forever.")
                .title("volumeClaimTemplate %s has no StorageClass", name)
                .evidence(EvidenceLine.words("pod has unbound immediate PersistentVolumeClaims"))
                .fix(ChangeField.to(Yaml.of("storageClassName: $class # kubectl get storageclass")
                                .with("class", storageClass))
                        .because("in the spec of volumeClaimTemplate " + name + ":"));
    }

    private static Fix setDefault(Operand storageClass) {
        return RunCommands.of(Command.kubectl("patch", "storageclass")
                        .with(storageClass)
                        .patch(JsonPatch.merge(
                                TextNode.valueOf("true"),
                                "metadata",
                                "annotations",
                                "storageclass.kubernetes.io/is-default-class")))
                .because("or set a default class:");
    }
}
