package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.LimitRanger;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check for volumeClaimTemplates whose claim cannot be created: a LimitRange refuses it, or a claim of its name
 * exists. Source: argo-workflows workflow/controller/operator.go (createPVCs).
 */
public final class ClaimTemplateRefused extends ItemCheck<ClaimTemplate> {

    public ClaimTemplateRefused() {
        super(
                CheckInfo.error(
                                "claim-template-refused",
                                "Argo cannot make the claim of a volumeClaimTemplate",
                                Topic.ADMISSION)
                        .needing(Need.LIMIT_RANGES, Need.CLAIMS),
                ClaimTemplates::of);
    }

    @Override
    protected List<Finding> check(Facts facts, ClaimTemplate template) {
        List<Finding> findings = new Findings();
        addLimitViolations(facts, template, findings);
        existing(facts, template).ifPresent(findings::add);
        findings.replaceAll(template::withConditions);
        return findings;
    }

    /**
     * Returns a finding if a claim with the name exists and does not belong to the workflow. A workflow whose name is
     * not known yet has no such claim.
     */
    private Optional<Finding> existing(Facts facts, ClaimTemplate template) {
        String name = KubeObjects.name(template.createdClaim());
        String namespace = template.workflow().namespace();
        if (name.isEmpty() || name.contains("{{") || template.name().isEmpty()) {
            return Optional.empty();
        }
        return facts.cluster()
                .get(Resource.PERSISTENT_VOLUME_CLAIMS, namespace, name)
                .fold(
                        found -> found.filter(claim -> !isOwn(template, claim))
                                .map(claim -> existing(template, namespace, name)),
                        unknown -> Optional.of(UnknownFindings.findingInNamespace(
                                info(),
                                template.subject(".metadata.name"),
                                "whether PersistentVolumeClaim " + name + " exists",
                                namespace,
                                unknown)));
    }

    /** Returns whether the claim belongs to the workflow, so that the workflow was submitted already. */
    private static boolean isOwn(ClaimTemplate template, ObjectNode claim) {
        String workflow = KubeObjects.name(template.workflow().document().root());
        for (JsonNode owner : claim.path("metadata").path("ownerReferences")) {
            if (Json.text(owner, "kind").equals("Workflow")
                    && Json.text(owner, "name").equals(workflow)) {
                return true;
            }
        }
        return false;
    }

    private Finding existing(ClaimTemplate template, String namespace, String name) {
        return Finding.fail(
                        info(),
                        template.subject(".metadata.name"),
                        "PersistentVolumeClaim " + name + " of namespace " + namespace
                                + " exists, and it is not the workflow's, so Argo does not use it for"
                                + " volumeClaimTemplate " + template.name() + ". The workflow ends in Error at once.")
                .title("PersistentVolumeClaim %s of another owner exists", name)
                .evidence(EvidenceLine.words(name + " pvc already exists with different ownerreference"))
                .fix(
                        RunCommands.of(Command.kubectlIn(namespace, "delete", "persistentvolumeclaim")
                                        .name("PersistentVolumeClaim", name))
                                .because("when nothing on it is needed:"),
                        AskPerson.or("give the workflow another name, or metadata.generateName"));
    }

    private void addLimitViolations(Facts facts, ClaimTemplate template, List<Finding> findings) {
        Optional<Quantity> requested =
                Quantity.read(Json.text(template.claim().at("/spec/resources/requests/storage")));
        if (requested.isEmpty()) {
            return;
        }
        String namespace = template.workflow().namespace();
        Fact<List<ObjectNode>> ranges = facts.cluster().list(Resource.LIMIT_RANGES, namespace);
        ranges.ifUnknown()
                .ifPresent(unknown -> findings.add(UnknownFindings.finding(
                        info(),
                        template.subject(".spec"),
                        "whether a LimitRange of namespace " + namespace + " allows volumeClaimTemplate "
                                + template.name(),
                        unknown)));
        for (ObjectNode range : ranges.ifKnown().orElse(List.of())) {
            LimitRanger ranger = new LimitRanger(List.of(range));
            refusalReason(ranger, template.claim())
                    .ifPresent(reason -> findings.add(Finding.fail(
                                    info(),
                                    template.subject(".spec.resources.requests.storage"),
                                    "LimitRange " + KubeObjects.name(range) + " of namespace " + namespace
                                            + " refuses the claim that Argo makes of volumeClaimTemplate "
                                            + template.name() + ": "
                                            + reason + ". The workflow ends in Error at once.")
                            .title(
                                    "LimitRange %s refuses volumeClaimTemplate %s",
                                    KubeObjects.name(range), template.name())
                            .fix(bounds(range).stream()
                                    .filter(bound -> refusalReason(ranger, template.with(storage(bound)))
                                            .isEmpty())
                                    .min(Comparator.comparing(bound -> bound.amount()
                                            .subtract(requested.get().amount())
                                            .abs()))
                                    .map(bound -> List.of(template.change(storage(bound))))
                                    .orElse(List.of()))
                            .fix(RunCommands.of(Command.kubectl("get", "limitrange")
                                            .name("LimitRange", KubeObjects.name(range))
                                            .namespace(namespace)
                                            .with("-o", "yaml"))
                                    .or("owner of the LimitRange: change it"))));
        }
    }

    private static Optional<String> refusalReason(LimitRanger ranger, JsonNode claim) {
        try {
            return ranger.claimRefusalReason(claim);
        } catch (IllegalArgumentException noAmount) {
            // An invalid amount in the claim is reported by another check; the API server accepts no LimitRange with
            // one.
            return Optional.empty();
        }
    }

    /** Returns the smallest and the largest amounts that a LimitRange allows. */
    private static List<Quantity> bounds(ObjectNode range) {
        List<Quantity> bounds = new ArrayList<>();
        for (JsonNode limit : range.path("spec").path("limits")) {
            for (String bound : List.of("max", "min")) {
                Quantity.read(Json.text(limit.path(bound), "storage")).ifPresent(bounds::add);
            }
        }
        return bounds;
    }

    private static Yaml storage(Quantity amount) {
        return Amounts.resources(Map.of("requests", Map.of("storage", amount.toString())));
    }
}
