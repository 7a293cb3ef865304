package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check for volumeClaimTemplates without a usable StorageClass: the claim that Argo creates needs a class of its own,
 * or a default class. Source: https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
 */
public final class ClaimTemplateClass extends ItemCheck<ClaimTemplate> {

    public ClaimTemplateClass() {
        super(
                CheckInfo.error(
                                "claim-template-class",
                                "A volumeClaimTemplate has no StorageClass that exists",
                                Topic.CLUSTER)
                        .needing(Need.STORAGE_CLASSES, Need.VOLUMES)
                        .ending(Ending.PENDING),
                ClaimTemplateClass::templates);
    }

    private static List<ClaimTemplate> templates(Facts facts) {
        return ClaimTemplates.of(facts).stream()
                .filter(template -> isUsed(facts, template))
                .toList();
    }

    @Override
    protected List<Finding> check(Facts facts, ClaimTemplate template) {
        return facts
                .cluster()
                .list(Resource.STORAGE_CLASSES, "")
                .fold(
                        known -> check(facts, template, new StorageClasses(known)),
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(), template.subject(".spec"), "the StorageClass of " + template.path(), unknown)))
                .map(finding -> finding.on(pods(facts, template)))
                .stream()
                .toList();
    }

    /** Returns whether a pod mounts the claim, or no pod of the workflow is known. */
    private static boolean isUsed(Facts facts, ClaimTemplate template) {
        return template.workflow().pods().isEmpty() || !pods(facts, template).isEmpty();
    }

    /** Returns the pods that mount the claim; no other pod waits for it. */
    private static List<ArgoPod> pods(Facts facts, ClaimTemplate template) {
        return List.copyOf(facts.derived(ClaimUsers.class, ClaimUsers::of)
                .byVolume()
                .getOrDefault(List.of(template.workflow(), template.name()), Set.of()));
    }

    /**
     * The pods that mount claims.
     *
     * @param byVolume the pods by their workflow and the name of the volume
     */
    private record ClaimUsers(Map<List<Object>, Set<ArgoPod>> byVolume) {

        static ClaimUsers of(Facts facts) {
            Map<List<Object>, Set<ArgoPod>> users = new HashMap<>();
            for (WorkflowPod item : WorkflowPod.all(facts)) {
                for (JsonNode volume : item.pod().spec().path("volumes")) {
                    if (volume.has("persistentVolumeClaim")) {
                        users.computeIfAbsent(
                                        List.of(item.workflow(), Json.text(volume, "name")),
                                        any -> new LinkedHashSet<>())
                                .add(item.pod());
                    }
                }
            }
            return new ClaimUsers(users);
        }
    }

    private Optional<Finding> check(Facts facts, ClaimTemplate template, StorageClasses classes) {
        Optional<String> className = StorageClasses.nameOf(template.claim());
        if (className.isPresent() && !className.get().isEmpty()) {
            boolean isUnresolved = className.get().contains("{{");
            return isUnresolved
                            || classes.find(className.get())
                                    .filter(KubeObjects::isProvisioning)
                                    .isPresent()
                    ? Optional.empty()
                    : withUnusableClass(facts, template, className.get(), classes);
        }
        return className.isEmpty() && classes.hasDefault()
                ? Optional.empty()
                : facts.cluster()
                        .list(Resource.PERSISTENT_VOLUMES, "")
                        .fold(
                                all -> withoutClass(
                                        template,
                                        className.isPresent(),
                                        classes,
                                        new StaticVolumes(template.createdClaim(), all)),
                                unknown -> Optional.of(UnknownFindings.finding(
                                        info(),
                                        template.subject(".spec"),
                                        "whether a PersistentVolume fits volumeClaimTemplate " + template.name(),
                                        unknown)));
    }

    /** Returns a finding if no existing volume fits a claim for which no provisioner creates a volume. */
    private Optional<Finding> withoutClass(
            ClaimTemplate template, boolean isWithoutClass, StorageClasses classes, StaticVolumes volumes) {
        if (volumes.hasFitting()) {
            return Optional.empty();
        }
        String reason = isWithoutClass
                ? "has storageClassName \"\""
                : "has no storageClassName, and the cluster has no default StorageClass (" + classes.phrase() + ")";
        String suggestedClass = classes.names().stream().findFirst().orElse("");
        Finding finding = finding(
                        template.subject(".spec"),
                        reason + ", and no PersistentVolume fits it",
                        template.name(),
                        suggestedClass)
                .evidence(volumes.evidence());
        if (isWithoutClass) {
            return Optional.of(finding);
        }
        return Optional.of(finding.fix(
                suggestedClass.isEmpty()
                        ? new AskPerson(
                                "cluster administrators",
                                "create a StorageClass, or a PersistentVolume without one that fits the claim")
                        : setDefault(Operand.name("StorageClass", suggestedClass))));
    }

    /** Returns a finding if no existing volume of a class without a provisioner fits the claim. */
    private Optional<Finding> withUnusableClass(
            Facts facts, ClaimTemplate template, String className, StorageClasses classes) {
        Subject subject = template.subject(".spec.storageClassName");
        String name = template.name();
        return facts.cluster()
                .list(Resource.PERSISTENT_VOLUMES, "")
                .fold(
                        all -> {
                            StaticVolumes volumes = new StaticVolumes(template.createdClaim(), all);
                            if (volumes.hasFitting()) {
                                return Optional.empty();
                            }
                            boolean exists = classes.find(className).isPresent();
                            return Optional.of(
                                    volumes.isEmpty() && !exists
                                            ? finding(
                                                            subject,
                                                            "has StorageClass " + className + ", which does not exist ("
                                                                    + classes.phrase() + "), and no PersistentVolume"
                                                                    + " has it",
                                                            name,
                                                            SimilarNames.to(className, classes.names())
                                                                    .orElse(""))
                                                    .title(
                                                            "StorageClass %s of volumeClaimTemplate %s does not exist",
                                                            className, name)
                                            : withoutFittingVolume(template, className, exists, volumes));
                        },
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(),
                                subject,
                                "whether a PersistentVolume of class " + className + " exists",
                                unknown)));
    }

    private Finding withoutFittingVolume(
            ClaimTemplate template, String className, boolean exists, StaticVolumes volumes) {
        String name = template.name();
        String reason = exists ? "has provisioner " + KubeObjects.NO_PROVISIONER : "does not exist";
        return Finding.fail(
                        info(),
                        template.subject(".spec"),
                        "StorageClass " + className + " of volumeClaimTemplate " + name + " " + reason + ", so only a"
                                + " PersistentVolume of that class can be bound, and none fits. Argo's claim is never"
                                + " bound, and the pods that mount it stay Pending forever.")
                .title("No PersistentVolume of class %s fits volumeClaimTemplate %s", className, name)
                .evidence(volumes.evidence())
                .fix(RunCommands.of(Command.kubectl("get", "persistentvolumes"))
                        .because("write what one of them has into the spec of volumeClaimTemplate " + name
                                + ", or create one that fits:"));
    }

    private Finding finding(Subject subject, String problem, String name, String suggestedClass) {
        Operand storageClass = Operand.name("StorageClass", suggestedClass);
        return Finding.fail(
                        info(),
                        subject,
                        "volumeClaimTemplate " + name + " " + problem
                                + ". Argo's claim is never bound, and the pods that"
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
                .or("set a default class:");
    }
}
