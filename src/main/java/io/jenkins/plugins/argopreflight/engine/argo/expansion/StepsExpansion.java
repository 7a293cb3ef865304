package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.ExecutedNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashMap;
import java.util.Map;

/**
 * The expansion of a steps template: one group of steps after the other; source: argo-workflows
 * workflow/controller/steps.go.
 */
final class StepsExpansion {

    private final Simulation run;
    private final TemplateSimulator simulator;

    StepsExpansion(Simulation run, TemplateSimulator simulator) {
        this.run = run;
        this.simulator = simulator;
    }

    /** Executes the groups of steps and returns the node of the template. */
    ExecutedNode expand(ResolvedTemplate resolved, TemplateCall call) {
        SiblingNodes siblings = new SiblingNodes(run, simulator, "steps", resolved, call);
        JsonNode groups = resolved.template().path("steps");
        ConcurrentPods largest = ConcurrentPods.NONE;
        ConcurrentPods daemons = ConcurrentPods.NONE;
        for (int i = 0; i < groups.size(); i++) {
            Map<String, NodeOutputs> outputsByStep = new HashMap<>();
            ConcurrentPods.Sum concurrent = new ConcurrentPods.Sum();
            JsonNode group = steps(groups.get(i));
            if (group.isEmpty() && certainlyRuns(groups.path(i + 1))) {
                run.problem(
                        Problem.Kind.EMPTY_GROUP,
                        call.withLocation(
                                resolved.found().document(), resolved.found().path() + ".steps[" + i + "]"),
                        "steps[" + i + "] has no step, and steps[" + (i + 1) + "] never ends");
            }
            if (!group.isEmpty()) {
                siblings.absentUses().reportUsesInVolumes(call, member -> true);
            }
            TemplateCall groupCall = call.withDaemons(daemons.plus(call.daemons()));
            for (int j = 0; j < group.size(); j++) {
                TemplateCall stepCall = groupCall.withLocation(
                        resolved.found().document(), resolved.found().path() + ".steps[" + i + "][" + j + "]");
                String name = Json.text(group.get(j), "name");
                Member.Executed step =
                        siblings.execute(createMember(group.get(j), call.nodeName() + "[" + i + "].", stepCall));
                step.absence().ifPresent(siblings.absentOutputs()::record);
                outputsByStep.put(name, step.outputs());
                concurrent.add(step.pods(), 1);
            }
            outputsByStep.forEach(siblings::recordOutputs);
            largest = largest.max(concurrent.peak().plus(daemons));
            daemons = concurrent.peak().daemonsOnly().plus(daemons);
        }
        return siblings.createNode(largest);
    }

    private static Member createMember(JsonNode step, String nodePrefix, TemplateCall call) {
        TemplateCall stepCall = call.withCertainty(
                call.certainty().withTolerance(call.certainty().tolerance().ofGroup()));
        Certainty certainty = stepCall.certainty();
        boolean hasNoCondition = Json.text(step, "when").isBlank();
        return new Member(
                step,
                nodePrefix,
                stepCall,
                certainty.withTolerance(certainty.tolerance().ofStep(step)),
                certainty,
                other -> true,
                other -> hasNoCondition);
    }

    /** Returns whether a group has a step that certainly runs. */
    private static boolean certainlyRuns(JsonNode group) {
        return steps(group).valueStream().anyMatch(step -> !Json.has(step, "when") && !Loops.isLoop(step));
    }

    /** Returns the steps of a group, which can be one step instead of a list. */
    static JsonNode steps(JsonNode group) {
        return group.isObject() ? Json.list().add(group) : group;
    }
}
