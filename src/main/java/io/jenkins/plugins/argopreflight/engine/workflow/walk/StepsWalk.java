package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A steps template: groups one after the other; source: argo-workflows workflow/controller/steps.go. */
final class StepsWalk {

    private final WalkState run;
    private final Walker walker;

    StepsWalk(WalkState run, Walker walker) {
        this.run = run;
        this.walker = walker;
    }

    NodeOutputs walk(ResolvedTemplate resolved, TemplateCall call) {
        SiblingNodes family = new SiblingNodes(run, walker, "steps", resolved, call);
        Loops loops = new Loops(run);
        JsonNode groups = resolved.template().path("steps");
        ConcurrentPods widest = ConcurrentPods.NONE;
        ConcurrentPods outer = walker.daemons();
        ConcurrentPods own = ConcurrentPods.NONE;
        for (int i = 0; i < groups.size(); i++) {
            Map<String, NodeOutputs> done = new HashMap<>();
            ConcurrentPods.Sum together = new ConcurrentPods.Sum();
            JsonNode group = groups.get(i).isObject() ? Json.list().add(groups.get(i)) : groups.get(i);
            if (group.isEmpty() && runs(groups.path(i + 1))) {
                run.problem(
                        Problem.Kind.EMPTY_GROUP,
                        call.at(resolved.found().document(), resolved.found().path() + ".steps[" + i + "]"),
                        "steps[" + i + "] has no step, and steps[" + (i + 1) + "] never ends");
            }
            if (!group.isEmpty()) {
                family.absent().takesInVolumes(call, member -> true);
            }
            for (int j = 0; j < group.size(); j++) {
                TemplateCall at =
                        call.at(resolved.found().document(), resolved.found().path() + ".steps[" + i + "][" + j + "]");
                String name = Json.text(group.get(j), "name");
                walker.peak(ConcurrentPods.NONE);
                done.put(name, step(family, loops, group.get(j), call.nodeName() + "[" + i + "].", at));
                together.add(walker.peak(), 1);
            }
            done.forEach(family::left);
            widest = widest.max(together.peak().beside(own));
            own = together.peak().left().beside(own);
            walker.daemons(own.beside(outer));
        }
        walker.daemons(outer);
        walker.peak(
                Json.isSet(resolved.template(), "synchronization")
                        ? ConcurrentPods.NONE
                        : widest.ended()
                                .limited(resolved.template().path("parallelism").asLong()));
        return family.outcome();
    }

    private NodeOutputs step(SiblingNodes family, Loops loops, JsonNode written, String prefix, TemplateCall call) {
        TemplateCall at = call.with(
                call.certainty().tolerating(call.certainty().tolerance().ofGroup()));
        family.checkName(at);
        MistypedExpressions mistyped = new MistypedExpressions(run, family.scope());
        mistyped.condition(at);
        String when = run.substitution.replace(Json.text(written, "when"), family.scope());
        Decision whole = Decision.ofWhen(when, at.onExit(), family.expected());
        if (family.absent().skips(written, when, whole)
                || !run.reads(when, at)
                || family.absent().decides(written, at, whole, other -> true)) {
            return NodeOutputs.NOTHING;
        }
        mistyped.loop(at, whole);
        JsonNode step = family.substitute(written);
        NodeOutputs last = NodeOutputs.NOTHING;
        ConcurrentPods.Sum together = new ConcurrentPods.Sum();
        Certainty tolerating =
                at.certainty().tolerating(at.certainty().tolerance().ofStep(written));
        int refusals = run.refusals();
        List<Loops.Round> rounds = loops.rounds(step, family.scope(), tolerating, at);
        boolean without = run.refusals() == refusals;
        TakenVariables uses = family.absent().uses(written, at);
        for (Loops.Round round : rounds) {
            String condition = Json.text(round.step(), "when");
            Decision decision = Decision.ofWhen(condition, at.onExit(), family.expected());
            boolean runs = run.reads(condition, at) && !decision.isNever();
            // Of a group in which an argument cannot be resolved, no step goes on.
            new MistypedExpressions(run, round.known())
                    .arguments(
                            at.with(round.certainty().tolerating(at.certainty().tolerance())), decision, runs);
            if (runs) {
                without = false;
                Certainty certainty = decision.of(round.certainty());
                boolean free = Json.text(written, "when").isBlank();
                family.absent().takes(written, uses, at.with(certainty), other -> free);
                walker.peak(ConcurrentPods.NONE);
                last = family.execute(prefix + Json.text(round.step(), "name"), round.step(), at.path(), certainty);
                together.add(walker.peak(), round.times(at.certainty()));
                family.absent().undecided(step, decision);
                family.collects(step, at.with(certainty), last);
            }
        }
        if (without) {
            family.absent().withoutRounds(written, rounds.isEmpty());
        }
        walker.peak(together.peak());
        return Loops.isLoop(step) ? NodeOutputs.ofLoop(last) : last;
    }

    /** Whether a group surely has a step that runs. */
    private static boolean runs(JsonNode group) {
        return (group.isObject() ? Json.list().add(group) : group)
                .valueStream()
                .anyMatch(step -> !Json.has(step, "when") && !Loops.isLoop(step));
    }
}
