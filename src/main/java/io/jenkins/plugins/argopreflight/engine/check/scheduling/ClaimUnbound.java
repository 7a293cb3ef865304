package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Claims.Claim;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.List;
import java.util.Optional;

/**
 * A check for PersistentVolumeClaims that will not be bound. A claim whose StorageClass has WaitForFirstConsumer is not
 * reported: it waits for its pod. Source:
 * https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
public final class ClaimUnbound extends PodItemCheck<Claim> {

    /** The time at which a claim is bound to a volume: the volumeBindingMode of its StorageClass. */
    private enum Binding {
        /** The claim is bound as soon as it exists. */
        IMMEDIATE,
        /** The claim is bound when a pod uses it. */
        WAITS_FOR_POD
    }

    private static final String UNBOUND = "pod has unbound immediate PersistentVolumeClaims";
    private static final String WAITING = " is still Pending, and its StorageClass does not wait for a pod";

    public ClaimUnbound() {
        super(
                CheckInfo.error("claim-unbound", "A PersistentVolumeClaim is not bound", Topic.CLUSTER)
                        .needing(Need.CLAIMS, Need.STORAGE_CLASSES, Need.VOLUMES)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Claims::all);
    }

    @Override
    protected boolean concerns(Claim claim) {
        return !claim.isUnresolved();
    }

    @Override
    protected List<Finding> check(Facts facts, Claim claim) {
        return claim
                .object(facts)
                .fold(
                        found -> found.flatMap(object -> check(facts, claim, object)),
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(), claim.subject(""), "PersistentVolumeClaim " + claim.name(), unknown)))
                .stream()
                .toList();
    }

    private Optional<Finding> check(Facts facts, Claim claim, ObjectNode object) {
        String phase = Json.text(object, "status", "phase");
        String claimDescription = claim.description();
        if (KubeObjects.isTerminating(object)) {
            return Optional.of(deleted(claim, claimDescription));
        }
        if (phase.equals("Bound")) {
            return Optional.empty();
        }
        if (phase.equals("Lost")) {
            return Optional.of(Finding.fail(
                            info(),
                            claim.subject("spec.volumeName"),
                            (claimDescription + " has lost its PersistentVolume "
                                                    + Json.text(object, "spec", "volumeName"))
                                            .strip()
                                    + ". The pod stays Pending forever.")
                    .title("PersistentVolumeClaim %s has lost its volume", claim.name())
                    .evidence(EvidenceLine.field("status.phase", "Lost"))
                    .fix(RunCommands.of(describe(claim))));
        }
        if (StaticVolumes.excludesProvisioning(object)) {
            return withoutProvisioner(
                    facts, claim, object, claimDescription, "storageClassName \"\"", Binding.IMMEDIATE);
        }
        Fact<List<ObjectNode>> classes = facts.cluster().list(Resource.STORAGE_CLASSES, "");
        return classes.fold(
                known -> pending(facts, claim, object, claimDescription, new StorageClasses(known)),
                unknown -> Optional.of(UnknownFindings.finding(
                        info(),
                        claim.subject("spec.storageClassName"),
                        "whether " + claimDescription + " can be bound",
                        unknown)));
    }

    /**
     * Returns the finding about a claim that is being deleted: the scheduler assigns no pod with such a claim to a
     * node. Source: kubernetes volumebinding/volume_binding.go (PreFilter).
     */
    private Finding deleted(Claim claim, String claimDescription) {
        return Finding.fail(
                        info(),
                        claim.subject("metadata.deletionTimestamp"),
                        claimDescription
                                + " has a deletionTimestamp: Kubernetes removes it once no pod uses it and its finalizers"
                                + " are gone. A new pod that mounts it stays Pending forever.")
                .title("PersistentVolumeClaim %s is being deleted", claim.name())
                .evidence(EvidenceLine.words("persistentvolumeclaim \"" + claim.name() + "\" is being deleted"))
                .fix(
                        RunCommands.of(describe(claim)).because("Used By and Finalizers show what still holds it:"),
                        AskPerson.reader("then create it again once it is gone, or mount another claim"));
    }

    /**
     * Returns a finding if no existing volume fits a claim for which no provisioner creates a volume.
     *
     * @param storageClass the reason why there is no provisioner, after "has"
     */
    private Optional<Finding> withoutProvisioner(
            Facts facts,
            Claim claim,
            ObjectNode object,
            String claimDescription,
            String storageClass,
            Binding binding) {
        return facts.cluster()
                .list(Resource.PERSISTENT_VOLUMES, "")
                .fold(
                        known -> withoutProvisionedVolume(
                                facts,
                                claim,
                                object,
                                claimDescription,
                                storageClass,
                                binding,
                                new StaticVolumes(object, known)),
                        unknown -> Optional.of(UnknownFindings.findingInNamespace(
                                info(),
                                claim.subject("spec.storageClassName"),
                                "whether a PersistentVolume fits PersistentVolumeClaim " + claim.name(),
                                claim.workflow().namespace(),
                                unknown)));
    }

    private Optional<Finding> withoutProvisionedVolume(
            Facts facts,
            Claim claim,
            ObjectNode object,
            String claimDescription,
            String storageClass,
            Binding binding,
            StaticVolumes volumes) {
        // A step that creates the claim can create its volume, too.
        boolean isCreatedByRun = facts.cluster()
                .get(Resource.PERSISTENT_VOLUME_CLAIMS, claim.workflow().namespace(), claim.name())
                .ifKnown()
                .flatMap(found -> found)
                .isEmpty();
        if (isCreatedByRun || volumes.hasFitting()) {
            boolean isInFile = Json.text(object, "status", "phase").isEmpty();
            return isInFile || binding == Binding.WAITS_FOR_POD
                    ? Optional.empty()
                    : Optional.of(stillPending(
                            claim, claimDescription + " is still Pending, although a PersistentVolume fits it"));
        }
        return Optional.of(withoutFittingVolume(
                claim,
                claimDescription + " has " + storageClass + ", so no provisioner creates a volume for it, and no"
                        + " PersistentVolume fits it. The pod stays Pending until there is one.",
                switch (binding) {
                    case IMMEDIATE -> UNBOUND;
                    case WAITS_FOR_POD -> "node(s) didn't find available persistent volumes to bind";
                },
                volumes));
    }

    private Finding withoutFittingVolume(Claim claim, String sentence, String message, StaticVolumes volumes) {
        return Finding.fail(info(), claim.subject("spec"), sentence)
                .title("No PersistentVolume fits PersistentVolumeClaim %s", claim.name())
                .evidence(volumes.evidence())
                .evidence(EvidenceLine.words(message))
                .fix(
                        RunCommands.of(Command.kubectl("get", "persistentvolumes"))
                                .because("operators: create a PersistentVolume that fits, or make one available:"),
                        AskPerson.or("create the claim again, with a StorageClass, or with the size, accessModes"
                                + " and selector of a volume that is Available"));
    }

    private Optional<Finding> pending(
            Facts facts, Claim claim, ObjectNode object, String claimDescription, StorageClasses classes) {
        Optional<String> className = StorageClasses.nameOf(object);
        boolean isInFile = Json.text(object, "status", "phase").isEmpty();
        if (className.isPresent() && !className.get().isEmpty()) {
            Optional<ObjectNode> storageClass = classes.find(className.get());
            if (storageClass.isEmpty()) {
                return facts.cluster()
                        .list(Resource.PERSISTENT_VOLUMES, "")
                        .fold(
                                all -> withMissingClass(
                                        claim,
                                        className.get(),
                                        claimDescription,
                                        classes,
                                        new StaticVolumes(object, all)),
                                unknown -> Optional.of(UnknownFindings.findingInNamespace(
                                        info(),
                                        claim.subject("spec.storageClassName"),
                                        "whether a PersistentVolume fits PersistentVolumeClaim " + claim.name(),
                                        claim.workflow().namespace(),
                                        unknown)));
            }
            Binding binding = Json.text(storageClass.get(), "volumeBindingMode").equals("WaitForFirstConsumer")
                    ? Binding.WAITS_FOR_POD
                    : Binding.IMMEDIATE;
            if (!KubeObjects.isProvisioning(storageClass.get())) {
                String problem =
                        "StorageClass " + className.get() + ", whose provisioner is " + KubeObjects.NO_PROVISIONER;
                return withoutProvisioner(facts, claim, object, claimDescription, problem, binding);
            }
            return binding == Binding.WAITS_FOR_POD || isInFile
                    ? Optional.empty()
                    : Optional.of(stillPending(claim, claimDescription + WAITING));
        }
        return classes.hasDefault() && className.isEmpty()
                ? Optional.empty()
                : withoutProvisioner(
                        facts,
                        claim,
                        object,
                        claimDescription,
                        "no storageClassName, and the cluster has no default StorageClass (" + classes.phrase() + ")",
                        Binding.IMMEDIATE);
    }

    /**
     * Returns a finding about a class that does not exist. The name alone is sufficient for a claim, if existing
     * volumes have the same name of a class.
     */
    private Optional<Finding> withMissingClass(
            Claim claim, String className, String claimDescription, StorageClasses classes, StaticVolumes volumes) {
        if (volumes.hasFitting()) {
            return Optional.empty();
        }
        return Optional.of(
                volumes.isEmpty()
                        ? missingClass(claim, className, claimDescription, classes)
                        : withoutFittingVolume(
                                claim,
                                claimDescription + " has StorageClass " + className
                                        + ", which is only a name, so no provisioner creates a volume for it, and no"
                                        + " PersistentVolume of this class fits it. The pod stays Pending until there"
                                        + " is one.",
                                UNBOUND,
                                volumes));
    }

    private Finding missingClass(Claim claim, String className, String claimDescription, StorageClasses classes) {
        String suggestion = SimilarNames.to(className, classes.names()).orElse("");
        return Finding.fail(
                        info(),
                        claim.subject("spec.storageClassName"),
                        claimDescription + " has StorageClass " + className + ", which does not exist ("
                                + classes.phrase() + "). It gets no volume, and the pod stays Pending forever.")
                .title("StorageClass %s of PersistentVolumeClaim %s does not exist", className, claim.name())
                .evidence(EvidenceLine.words("storageclass.storage.k8s.io \"" + className + "\" not found"))
                .fix(RunCommands.of(
                                Command.kubectl("get", "storageclass"),
                                kubectl(claim, "get")
                                        .with("-o", "yaml")
                                        .pipe(Command.of("sed")
                                                .with(Operand.joined(
                                                        Operand.text("s/storageClassName: .*/storageClassName: "),
                                                        Operand.name("StorageClass", suggestion),
                                                        Operand.text("/"))))
                                        .pipe(Command.kubectl("replace", "--force", "-f", "-")))
                        .because("storageClassName cannot be changed: create the claim again, with a class that"
                                + " exists"));
    }

    private static Command describe(Claim claim) {
        return kubectl(claim, "describe");
    }

    private static Command kubectl(Claim claim, String verb) {
        return Command.kubectlIn(claim.workflow().namespace(), verb, "persistentvolumeclaim")
                .name("PersistentVolumeClaim", claim.name());
    }

    private Finding stillPending(Claim claim, String sentence) {
        return Finding.warn(
                        info(), claim.subject("spec"), sentence + ". The pod stays Pending until the claim is bound.")
                .title("PersistentVolumeClaim %s is still Pending", claim.name())
                .evidence(EvidenceLine.field("status.phase", "Pending"), EvidenceLine.words(UNBOUND))
                .fix(RunCommands.of(describe(claim)).because("its events show why:"));
    }
}
