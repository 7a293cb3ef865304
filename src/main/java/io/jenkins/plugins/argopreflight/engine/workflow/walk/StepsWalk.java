package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A traversal of a steps template: one group of steps after the other; source: argo-workflows
 * workflow/controller/steps.go.
 */
final class StepsWalk {

    private final Simulation run;
    private final TemplateSimulator walker;

    StepsWalk(Simulation run, TemplateSimulator walker) {
        this.run = run;
        this.walker = walker;
    }

    NodeOutputs walk(ResolvedTemplate resolved, TemplateCall call) {
        SiblingNodes siblings = new SiblingNodes(run, walker, "steps", resolved, call);
        Loops loops = new Loops(run);
        JsonNode groups = resolved.template().path("steps");
        ConcurrentPods largest = ConcurrentPods.NONE;
        ConcurrentPods outer = walker.daemons();
        ConcurrentPods ownDaemons = ConcurrentPods.NONE;
        for (int i = 0; i < groups.size(); i++) {
            Map<String, NodeOutputs> outputsByStep = new HashMap<>();
            ConcurrentPods.Sum concurrent = new ConcurrentPods.Sum();
            JsonNode group = groups.get(i).isObject() ? Json.list().add(groups.get(i)) : groups.get(i);
            if (group.isEmpty() && certainlyRuns(groups.path(i + 1))) {
                run.problem(
                        Problem.Kind.EMPTY_GROUP,
                        call.at(resolved.found().document(), resolved.found().path() + ".steps[" + i + "]"),
                        "steps[" + i + "] has no step, and steps[" + (i + 1) + "] never ends");
            }
            if (!group.isEmpty()) {
                siblings.absent().reportUsesInVolumes(call, member -> true);
            }
            for (int j = 0; j < group.size(); j++) {
                TemplateCall stepCall =
                        call.at(resolved.found().document(), resolved.found().path() + ".steps[" + i + "][" + j + "]");
                String name = Json.text(group.get(j), "name");
                walker.setPeak(ConcurrentPods.NONE);
                outputsByStep.put(
                        name, step(siblings, loops, group.get(j), call.nodeName() + "[" + i + "].", stepCall));
                concurrent.add(walker.peak(), 1);
            }
            outputsByStep.forEach(siblings::recordOutputs);
            largest = largest.max(concurrent.peak().beside(ownDaemons));
            ownDaemons = concurrent.peak().left().beside(ownDaemons);
            walker.setDaemons(ownDaemons.beside(outer));
        }
        walker.setDaemons(outer);
        walker.setPeak(
                Json.isSet(resolved.template(), "synchronization")
                        ? ConcurrentPods.NONE
                        : largest.ended()
                                .limited(resolved.template().path("parallelism").asLong()));
        return siblings.outputs();
    }

    private NodeOutputs step(SiblingNodes siblings, Loops loops, JsonNode original, String prefix, TemplateCall call) {
        TemplateCall stepCall = call.with(
                call.certainty().withTolerance(call.certainty().tolerance().ofGroup()));
        siblings.checkName(stepCall);
        MistypedExpressions mistyped = new MistypedExpressions(run, siblings.scope());
        mistyped.condition(stepCall);
        String when = run.substitution.replace(Json.text(original, "when"), siblings.scope());
        Decision stepDecision = Decision.ofWhen(when, stepCall.onExit(), siblings.expectedFailures());
        if (siblings.absent().recordIfSkipped(original, when, stepDecision)
                || !run.reads(when, stepCall)
                || siblings.absent().reportInCondition(original, stepCall, stepDecision, other -> true)) {
            return NodeOutputs.NOTHING;
        }
        mistyped.loop(stepCall, stepDecision);
        JsonNode step = siblings.substitute(original);
        NodeOutputs lastOutputs = NodeOutputs.NOTHING;
        ConcurrentPods.Sum concurrent = new ConcurrentPods.Sum();
        Certainty stepCertainty = stepCall.certainty()
                .withTolerance(stepCall.certainty().tolerance().ofStep(original));
        int refusals = run.refusals();
        List<Loops.Round> rounds = loops.iterations(step, siblings.scope(), stepCertainty, stepCall);
        boolean neverRuns = run.refusals() == refusals;
        UsedVariables uses = siblings.absent().uses(original, stepCall);
        for (Loops.Round round : rounds) {
            String condition = Json.text(round.step(), "when");
            Decision decision = Decision.ofWhen(condition, stepCall.onExit(), siblings.expectedFailures());
            boolean isExecuted = run.reads(condition, stepCall) && !decision.isNever();
            // If an argument cannot be resolved, no step of its group continues.
            new MistypedExpressions(run, round.known())
                    .arguments(
                            stepCall.with(round.certainty()
                                    .withTolerance(stepCall.certainty().tolerance())),
                            decision,
                            isExecuted);
            if (isExecuted) {
                neverRuns = false;
                Certainty certainty = decision.of(round.certainty());
                boolean hasNoCondition = Json.text(original, "when").isBlank();
                siblings.absent().reportUses(original, uses, stepCall.with(certainty), other -> hasNoCondition);
                walker.setPeak(ConcurrentPods.NONE);
                lastOutputs = siblings.execute(
                        prefix + Json.text(round.step(), "name"), round.step(), stepCall.path(), certainty);
                concurrent.add(walker.peak(), round.times(stepCall.certainty()));
                siblings.absent().recordIfUndecided(step, decision);
                siblings.checkCollectedResults(step, stepCall.with(certainty), lastOutputs);
            }
        }
        if (neverRuns) {
            siblings.absent().recordWithoutIterations(original, rounds.isEmpty());
        }
        walker.setPeak(concurrent.peak());
        return Loops.isLoop(step) ? NodeOutputs.ofLoop(lastOutputs) : lastOutputs;
    }

    /** Returns whether a group has a step that certainly runs. */
    private static boolean certainlyRuns(JsonNode group) {
        return (group.isObject() ? Json.list().add(group) : group)
                .valueStream()
                .anyMatch(step -> !Json.has(step, "when") && !Loops.isLoop(step));
    }
}
