package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A check of the resource of each pod of a resource template. */
abstract class ResourceTemplateCheck implements Check {

    /** Returns whether this check concerns a resource, which is an object. */
    boolean applies(JsonNode resource) {
        return true;
    }

    /** Adds findings about the resource template of a pod. */
    abstract void check(Facts facts, WorkflowFacts workflow, ArgoPod pod, List<Finding> findings);

    /**
     * The pods of resource templates, each with its workflow. Their templates are not stored, because there can be
     * thousands.
     */
    private record ResourcePods(List<ResourcePod> all) {

        static ResourcePods of(Facts facts) {
            List<ResourcePod> all = new ArrayList<>();
            for (WorkflowFacts workflow : facts.workflows()) {
                workflow.pods().stream()
                        .filter(pod -> PodTemplate.resource(pod).isObject())
                        .forEach(pod -> all.add(new ResourcePod(workflow, pod)));
            }
            return new ResourcePods(all);
        }
    }

    private record ResourcePod(WorkflowFacts workflow, ArgoPod pod) {}

    @Override
    public final boolean applies(Facts facts) {
        return resourcePods(facts).findAny().isPresent();
    }

    private Stream<ResourcePod> resourcePods(Facts facts) {
        return facts.derived(ResourcePods.class, ResourcePods::of).all().stream()
                .filter(each -> applies(PodTemplate.resource(each.pod())));
    }

    @Override
    public final List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        resourcePods(facts).forEach(each -> check(facts, each.workflow(), each.pod(), findings));
        return findings;
    }
}
