package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Claims.Claim;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A PersistentVolumeClaim that nothing will bind; with WaitForFirstConsumer it waits for its pod, and that is well.
 * Source: https://kubernetes.io/docs/concepts/storage/storage-classes/#volume-binding-mode
 */
public final class ClaimUnbound implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "claim-unbound", "A PersistentVolumeClaim is not bound", Severity.ERROR, Topic.CLUSTER)
            .needing(Need.CLAIMS, Need.STORAGE_CLASSES, Need.VOLUMES)
            .also(Outcome.WARN)
            .ending(Ending.PENDING);

    private static final String UNBOUND = "pod has unbound immediate PersistentVolumeClaims";
    private static final String WAITING = " is still Pending, and its StorageClass does not wait for a pod";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return Claims.of(facts).stream().anyMatch(claim -> !claim.isOpen());
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Claim claim : Claims.of(facts)) {
            Fact<Optional<ObjectNode>> fact = claim.object(facts);
            fact.ifUnknown()
                    .filter(unknown -> !claim.isOpen())
                    .ifPresent(unknown -> findings.add(
                            Unsure.finding(INFO, claim.subject(""), "PersistentVolumeClaim " + claim.name(), unknown)
                                    .on(claim.pod())));
            fact.ifKnown()
                    .flatMap(found -> found)
                    .flatMap(object -> check(facts, claim, object))
                    .ifPresent(finding -> findings.add(finding.on(claim.pod())));
        }
        return findings;
    }

    private static Optional<Finding> check(Facts facts, Claim claim, ObjectNode object) {
        String phase = Objects.text(object, "status", "phase");
        String what = claim.description();
        if (Objects.isTerminating(object)) {
            return Optional.of(deleted(claim, what));
        }
        if (phase.equals("Bound")) {
            return Optional.empty();
        }
        if (phase.equals("Lost")) {
            return Optional.of(Finding.fail(
                            INFO,
                            claim.subject("spec.volumeName"),
                            (what + " has lost its PersistentVolume " + Objects.text(object, "spec", "volumeName"))
                                            .strip()
                                    + ". The pod stays Pending forever.")
                    .title("PersistentVolumeClaim %s has lost its volume", claim.name())
                    .evidence(EvidenceLine.field("status.phase", "Lost"))
                    .fix(RunCommands.of(describe(claim))));
        }
        if (StaticVolumes.serves(object)) {
            return unserved(facts, claim, object, what, "storageClassName \"\"", false);
        }
        Fact<List<ObjectNode>> classes = facts.cluster().list(Resource.STORAGE_CLASSES, "");
        return classes.fold(
                known -> pending(facts, claim, object, what, new StorageClasses(known)),
                unknown -> Optional.of(Unsure.finding(
                        INFO, claim.subject("spec.storageClassName"), "whether " + what + " can be bound", unknown)));
    }

    /** The scheduler places no pod with such a claim. Source: kubernetes volumebinding/volume_binding.go (PreFilter). */
    private static Finding deleted(Claim claim, String what) {
        return Finding.fail(
                        INFO,
                        claim.subject("metadata.deletionTimestamp"),
                        what + " has a deletionTimestamp: Kubernetes removes it once no pod uses it and its finalizers"
                                + " are gone. A new pod that mounts it stays Pending forever.")
                .title("PersistentVolumeClaim %s is being deleted", claim.name())
                .evidence(EvidenceLine.words("persistentvolumeclaim \"" + claim.name() + "\" is being deleted"))
                .fix(
                        RunCommands.of(describe(claim)).because("Used By and Finalizers show what still holds it:"),
                        AskPerson.reader("then create it again once it is gone, or mount another claim"));
    }

    /** No provisioner creates a volume for the claim, so it takes one that exists; a step can create both. */
    private static Optional<Finding> unserved(
            Facts facts, Claim claim, ObjectNode object, String what, String storageClass, boolean waits) {
        return facts.cluster()
                .list(Resource.PERSISTENT_VOLUMES, "")
                .fold(
                        known -> unserved(
                                facts, claim, object, what, storageClass, waits, new StaticVolumes(object, known)),
                        unknown -> Optional.of(Unsure.finding(
                                INFO,
                                claim.subject("spec.storageClassName"),
                                "whether a PersistentVolume fits " + what,
                                unknown)));
    }

    private static Optional<Finding> unserved(
            Facts facts,
            Claim claim,
            ObjectNode object,
            String what,
            String storageClass,
            boolean waits,
            StaticVolumes volumes) {
        boolean created = facts.cluster()
                .get(Resource.PERSISTENT_VOLUME_CLAIMS, claim.workflow().namespace(), claim.name())
                .ifKnown()
                .flatMap(found -> found)
                .isEmpty();
        if (created || volumes.hasOne()) {
            boolean given = Objects.text(object, "status", "phase").isEmpty();
            return given || waits
                    ? Optional.empty()
                    : Optional.of(waiting(claim, what + " is still Pending, although a PersistentVolume fits it"));
        }
        return Optional.of(unfit(
                claim,
                what + " has " + storageClass + ", so no provisioner creates a volume for it, and no"
                        + " PersistentVolume fits it. The pod stays Pending until there is one.",
                waits ? "node(s) didn't find available persistent volumes to bind" : UNBOUND,
                volumes));
    }

    private static Finding unfit(Claim claim, String sentence, String message, StaticVolumes volumes) {
        return Finding.fail(INFO, claim.subject("spec"), sentence)
                .title("No PersistentVolume fits PersistentVolumeClaim %s", claim.name())
                .evidence(volumes.evidence())
                .evidence(EvidenceLine.words(message))
                .fix(
                        RunCommands.of(Command.kubectl("get", "persistentvolumes"))
                                .because("operators: create a PersistentVolume that fits, or make one available:"),
                        AskPerson.reader("or create the claim again, with a StorageClass, or with the size, accessModes"
                                + " and selector of a volume that is Available"));
    }

    private static Optional<Finding> pending(
            Facts facts, Claim claim, ObjectNode object, String what, StorageClasses classes) {
        Optional<String> wanted = StorageClasses.wanted(object);
        boolean given = Objects.text(object, "status", "phase").isEmpty();
        if (wanted.isPresent() && !wanted.get().isEmpty()) {
            Optional<ObjectNode> storageClass = classes.named(wanted.get());
            if (storageClass.isEmpty()) {
                return facts.cluster()
                        .list(Resource.PERSISTENT_VOLUMES, "")
                        .fold(
                                all -> ofNoClass(claim, wanted.get(), what, classes, new StaticVolumes(object, all)),
                                unknown -> Optional.of(Unsure.finding(
                                        INFO,
                                        claim.subject("spec.storageClassName"),
                                        "whether a PersistentVolume fits " + what,
                                        unknown)));
            }
            boolean waits =
                    Objects.text(storageClass.get(), "volumeBindingMode").equals("WaitForFirstConsumer");
            if (!Objects.isProvisioning(storageClass.get())) {
                String named = "StorageClass " + wanted.get() + ", whose provisioner is " + Objects.NO_PROVISIONER;
                return unserved(facts, claim, object, what, named, waits);
            }
            return waits || given ? Optional.empty() : Optional.of(waiting(claim, what + WAITING));
        }
        return classes.hasDefault() && wanted.isEmpty()
                ? Optional.empty()
                : unserved(
                        facts,
                        claim,
                        object,
                        what,
                        "no storageClassName, and the cluster has no default StorageClass (" + classes.shown() + ")",
                        false);
    }

    /** A class can be only a name, which volumes that exist have too. */
    private static Optional<Finding> ofNoClass(
            Claim claim, String wanted, String what, StorageClasses classes, StaticVolumes volumes) {
        if (volumes.hasOne()) {
            return Optional.empty();
        }
        return Optional.of(
                volumes.isEmpty()
                        ? ofNoClass(claim, wanted, what, classes)
                        : unfit(
                                claim,
                                what + " has StorageClass " + wanted
                                        + ", which is only a name, so no provisioner creates a volume for it, and no"
                                        + " PersistentVolume of this class fits it. The pod stays Pending until there"
                                        + " is one.",
                                UNBOUND,
                                volumes));
    }

    private static Finding ofNoClass(Claim claim, String wanted, String what, StorageClasses classes) {
        String near = Nearest.to(wanted, classes.names()).orElse("");
        return Finding.fail(
                        INFO,
                        claim.subject("spec.storageClassName"),
                        what + " has StorageClass " + wanted + ", which does not exist (" + classes.shown()
                                + "). It gets no volume, and the pod stays Pending forever.")
                .title("StorageClass %s of PersistentVolumeClaim %s does not exist", wanted, claim.name())
                .evidence(EvidenceLine.words("storageclass.storage.k8s.io \"" + wanted + "\" not found"))
                .fix(RunCommands.of(
                                Command.kubectl("get", "storageclass"),
                                claim(claim, "get")
                                        .with("-o", "yaml")
                                        .pipe(Command.of("sed")
                                                .with(Operand.joined(
                                                        Operand.text("s/storageClassName: .*/storageClassName: "),
                                                        Operand.name("StorageClass", near),
                                                        Operand.text("/"))))
                                        .pipe(Command.kubectl("replace", "--force", "-f", "-")))
                        .because("storageClassName cannot be changed: create the claim again, with a class that"
                                + " exists"));
    }

    private static Command describe(Claim claim) {
        return claim(claim, "describe");
    }

    private static Command claim(Claim claim, String verb) {
        return Command.kubectlIn(claim.workflow().namespace(), verb, "persistentvolumeclaim")
                .name("PersistentVolumeClaim", claim.name());
    }

    private static Finding waiting(Claim claim, String why) {
        return Finding.warn(INFO, claim.subject("spec"), why + ". The pod stays Pending until the claim is bound.")
                .title("PersistentVolumeClaim %s is still Pending", claim.name())
                .evidence(EvidenceLine.field("status.phase", "Pending"), EvidenceLine.words(UNBOUND))
                .fix(RunCommands.of(describe(claim)).because("its events show why:"));
    }
}
