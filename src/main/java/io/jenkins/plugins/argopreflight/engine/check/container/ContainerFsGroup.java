package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for {@code fsGroup} and similar fields in the securityContext of a container: they are fields of the pod's
 * securityContext. Source:
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context
 */
public final class ContainerFsGroup extends ContainerCheck {

    public static final List<String> POD_FIELDS =
            List.of("fsGroup", "fsGroupChangePolicy", "supplementalGroups", "supplementalGroupsPolicy", "sysctls");

    public ContainerFsGroup() {
        super(CheckInfo.error(
                "container-fs-group",
                "A container's securityContext has fsGroup or another field of pods",
                Topic.WORKFLOW));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        List<Finding> findings = new ArrayList<>();
        for (String field : POD_FIELDS) {
            if (checked.securityContext().has(field)) {
                JsonNode value = checked.securityContext().get(field);
                findings.add(Finding.fail(
                                info(),
                                Places.of(
                                        checked.workflow(),
                                        checked.pod(),
                                        checked.path() + ".securityContext." + field),
                                field + " is in the securityContext of " + checked.description()
                                        + ", which has no such field. The field is refused or ignored, and volumes keep"
                                        + " their group.")
                        .title("%s is a field of pods, not of containers", field)
                        .evidence(EvidenceLine.field("securityContext." + field, value.toString()))
                        .fix(fix(checked, field, value)));
            }
        }
        return findings;
    }

    private static ChangeField fix(CheckedContainer checked, String field, JsonNode value) {
        String container =
                Places.of(checked.workflow(), checked.pod(), checked.path()).path();
        String template = Places.template(container);
        ChangeField change = ChangeField.to(Yaml.tree(value).under("securityContext", field))
                .because("in the workflow's spec, or in the template, beside container:");
        return template.isEmpty()
                ? change
                : change.in(template).without(container.substring(template.length() + 1) + ".securityContext." + field);
    }
}
