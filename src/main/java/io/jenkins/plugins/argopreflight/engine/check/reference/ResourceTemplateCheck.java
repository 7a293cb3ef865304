package io.jenkins.plugins.argopreflight.engine.check.reference;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import java.util.List;

/** A check of each pod of a resource template. */
abstract class ResourceTemplateCheck extends PodItemCheck<WorkflowPod> {

    ResourceTemplateCheck(CheckInfo info) {
        super(info, ResourceTemplateCheck::resourcePods);
    }

    /**
     * The pods of resource templates, stored in the facts by this class. The templates are not stored, because there
     * can be thousands.
     */
    private record ResourcePods(List<WorkflowPod> all) {}

    private static List<WorkflowPod> resourcePods(Facts facts) {
        return facts.derived(ResourcePods.class, ResourceTemplateCheck::find).all();
    }

    private static ResourcePods find(Facts facts) {
        return new ResourcePods(WorkflowPod.all(facts).stream()
                .filter(item -> PodTemplate.resource(item.pod()).isObject())
                .toList());
    }
}
