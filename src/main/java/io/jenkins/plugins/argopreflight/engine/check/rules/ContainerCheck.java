package io.jenkins.plugins.argopreflight.engine.check.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.ArrayList;
import java.util.List;

/** A check that looks at each container of each pod. */
abstract class ContainerCheck implements Check {

    /**
     * One container.
     *
     * @param path such as {@code spec.containers[main]}
     */
    record At(Facts facts, WorkflowFacts workflow, ArgoPod pod, String path, JsonNode container) {

        String name() {
            return container.path("name").asText();
        }

        JsonNode securityContext() {
            return container.path("securityContext");
        }

        /** The container in words. */
        String words() {
            return "container " + name()
                    + (pod.template().isEmpty() ? " of pod " + pod.name() : " of template " + pod.template());
        }
    }

    /** What is wrong with this container. */
    abstract List<Finding> check(At at);

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        each(facts).forEach(at -> check(at).forEach(finding -> findings.add(finding.pods(Places.pods(at.pod())))));
        return findings;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(workflow -> !workflow.pods().isEmpty());
    }

    /** Every container, init containers first, in the order of pods. */
    static List<At> each(Facts facts) {
        List<At> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                for (String list : List.of("initContainers", "containers")) {
                    for (JsonNode container : pod.spec().path(list)) {
                        String path =
                                "spec." + list + "[" + container.path("name").asText() + "]";
                        all.add(new At(facts, workflow, pod, path, container));
                    }
                }
            }
        }
        return all;
    }
}
