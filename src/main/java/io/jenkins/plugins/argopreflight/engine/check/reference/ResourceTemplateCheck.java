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

/** A check that looks at the resource of each pod of a resource template. */
abstract class ResourceTemplateCheck implements Check {

    /** Whether it looks at this one, an object. */
    boolean applies(JsonNode resource) {
        return true;
    }

    /** Adds what is wrong. */
    abstract void check(Facts facts, WorkflowFacts workflow, ArgoPod pod, List<Finding> findings);

    @Override
    public final boolean applies(Facts facts) {
        return facts.pods().anyMatch(this::isJudged);
    }

    private boolean isJudged(ArgoPod pod) {
        JsonNode resource = PodTemplate.resource(pod);
        return resource.isObject() && applies(resource);
    }

    @Override
    public final List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            workflow.pods().stream().filter(this::isJudged).forEach(pod -> check(facts, workflow, pod, findings));
        }
        return findings;
    }
}
