package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.CreatedTooLate;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Claims.Claim;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/**
 * A check for pods whose PersistentVolumeClaim does not exist. The scheduler assigns no node to them. Source:
 * kubernetes pkg/scheduler/framework/plugins/volumebinding.
 */
public final class MissingClaim extends PodItemCheck<Claim> {

    public MissingClaim() {
        super(
                CheckInfo.error(
                                "missing-claim",
                                "A volume uses a PersistentVolumeClaim that does not exist",
                                Topic.CLUSTER)
                        .needing(Need.CLAIMS)
                        .ending(Ending.PENDING),
                Claims::all);
    }

    @Override
    protected List<Finding> check(Facts facts, Claim claim) {
        String namespace = claim.workflow().namespace();
        if (claim.isUnresolved()) {
            return List.of(UnknownFindings.unresolvedName(
                    info(), claim.subject(""), "whether the PersistentVolumeClaim exists", claim.name()));
        }
        Fact<Optional<ObjectNode>> fact = claim.object(facts);
        return fact.fold(
                found -> found.isPresent()
                        ? List.of()
                        : List.of(CreatedTooLate.withLateCreator(
                                missing(claim), facts, claim.pod(), Resource.PERSISTENT_VOLUME_CLAIMS, claim.name())),
                unknown -> List.of(UnknownFindings.findingInNamespace(
                        info(),
                        claim.subject(""),
                        "whether PersistentVolumeClaim " + claim.name() + " exists",
                        namespace,
                        unknown)));
    }

    private Finding missing(Claim claim) {
        String namespace = claim.workflow().namespace();
        return Finding.fail(
                        info(),
                        claim.subject(""),
                        "PersistentVolumeClaim " + claim.name() + " does not exist in namespace " + namespace
                                + ", and volume " + claim.volume()
                                + " uses it. The pod stays Pending until the claim exists.")
                .title("PersistentVolumeClaim %s does not exist", claim.name())
                .because(new Missing.InNamespace(namespace))
                .evidence(
                        EvidenceLine.words("persistentvolumeclaim \"" + claim.name() + "\" not found"),
                        EvidenceLine.words(
                                "referred to by volume " + claim.volume() + Places.setBy(claim.pod(), claim.field())))
                .fix(
                        ApplyManifest.of(Yaml.of("""
                            apiVersion: v1
                            kind: PersistentVolumeClaim
                            metadata: {name: $name}
                            spec:
                              accessModes: [ReadWriteOnce]
                              resources: {requests: {storage: 10Gi}}
                            """).with("name", Operand.name("PersistentVolumeClaim", claim.name())))
                                .in(namespace),
                        RunCommands.of(Command.kubectlIn(namespace, "get", "persistentvolumeclaims"))
                                .because("the claims that exist:"));
    }
}
