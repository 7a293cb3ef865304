package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.validation.ClaimValidation;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API server refuses the claim that Argo makes of a volumeClaimTemplate, whatever the cluster holds. Source:
 * argo-workflows workflow/controller/operator.go (createPVCs).
 */
public final class ClaimTemplateInvalid implements Check {

    private static final CheckInfo INFO = new CheckInfo(
            "claim-template-invalid", "A volumeClaimTemplate is no valid claim", Severity.ERROR, Topic.WORKFLOW);

    private static final List<Yaml> VALID = List.of(
            Yaml.of("accessModes: [ReadWriteOnce]"),
            Amounts.resources(Map.of("requests", Map.of("storage", "1Gi"))),
            Yaml.of("volumeMode: Filesystem"));

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return !ClaimTemplates.of(facts).isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (ClaimTemplate template : ClaimTemplates.of(facts)) {
            named(template).map(template::found).ifPresent(findings::add);
            valid(template).map(template::found).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> named(ClaimTemplate template) {
        String namespace = Objects.namespace(template.claim());
        if (template.name().isEmpty()) {
            return Optional.of(Finding.fail(
                            INFO,
                            template.subject(".metadata"),
                            "A volumeClaimTemplate has no name, so Argo cannot make its claim. The workflow ends in"
                                    + " Error at once.")
                    .title("A volumeClaimTemplate has no name")
                    .evidence(EvidenceLine.words("volumeClaimTemplates[].metadata.name is required"))
                    .fix(AskPerson.reader(
                            "write metadata.name of the volumeClaimTemplate, and mount it by this name")));
        }
        boolean other = !namespace.isEmpty()
                && !namespace.contains("{{")
                && !namespace.equals(template.workflow().namespace());
        return other
                ? Optional.of(finding(
                                template,
                                ".metadata.namespace",
                                "the namespace of the provided object does not match the namespace sent on the request")
                        .fix(AskPerson.reader("remove metadata.namespace of volumeClaimTemplate " + template.name()
                                + ": the claim is made where the workflow is")))
                : Optional.empty();
    }

    private static Optional<Finding> valid(ClaimTemplate template) {
        return ClaimValidation.violations(template.claim())
                .map(words -> finding(template, ".spec", words).fix(changes(template, words)));
    }

    private static Finding finding(ClaimTemplate template, String field, String words) {
        return Finding.fail(
                        INFO,
                        template.subject(field),
                        "The API server refuses the claim that Argo makes of volumeClaimTemplate " + template.name()
                                + ": " + words + ". The workflow ends in Error at once.")
                .title("The API server refuses the claim of volumeClaimTemplate %s", template.name())
                .evidence(EvidenceLine.words("pvc create error"));
    }

    /** Those of the valid fields that change what the server says. */
    private static List<Fix> changes(ClaimTemplate template, String words) {
        return VALID.stream()
                .filter(field ->
                        !ClaimValidation.violations(template.with(field)).equals(Optional.of(words)))
                .map(field -> template.change(field))
                .toList();
    }
}
