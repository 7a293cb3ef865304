package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A steps template: groups one after the other; source: argo-workflows workflow/controller/steps.go. */
final class StepsWalk {

    private final Run run;
    private final Walker walker;

    StepsWalk(Run run, Walker walker) {
        this.run = run;
        this.walker = walker;
    }

    Outcome walk(Walker.Resolved resolved, Call call) {
        Family family = new Family(run, walker, "steps", resolved, call);
        Loops loops = new Loops(run);
        JsonNode groups = resolved.template().path("steps");
        Peak widest = Peak.NONE;
        for (int i = 0; i < groups.size(); i++) {
            Map<String, Outcome> done = new HashMap<>();
            Peak.Sum together = new Peak.Sum();
            JsonNode group = groups.get(i).isObject() ? Json.list().add(groups.get(i)) : groups.get(i);
            for (int j = 0; j < group.size(); j++) {
                Call at =
                        call.at(resolved.found().document(), resolved.found().path() + ".steps[" + i + "][" + j + "]");
                String name = Json.text(group.get(j), "name");
                run.peak = Peak.NONE;
                done.put(name, step(family, loops, group.get(j), call.nodeName() + "[" + i + "].", at));
                together.add(run.peak, 1);
            }
            done.forEach(family::left);
            widest = widest.max(together.peak());
        }
        run.peak = Json.isSet(resolved.template(), "synchronization")
                ? Peak.NONE
                : widest.limited(resolved.template().path("parallelism").asLong());
        return family.outcome();
    }

    private Outcome step(Family family, Loops loops, JsonNode written, String prefix, Call at) {
        String when = run.substitution.replace(Json.text(written, "when"), family.scope());
        Optional<Boolean> runs = When.decide(when);
        if (runs.isPresent() && !runs.get() || !run.reads(when, at)) {
            return Outcome.NOTHING;
        }
        JsonNode step = family.substitute(written);
        Outcome last = Outcome.NOTHING;
        Peak.Sum together = new Peak.Sum();
        Certainty tolerating =
                at.certainty().tolerating(at.certainty().tolerance().ofStep(written));
        for (Loops.Round round : loops.rounds(step, family.scope(), tolerating, at)) {
            String condition = Json.text(round.step(), "when");
            Decision decision = Decision.ofWhen(condition, at.onExit());
            if (run.reads(condition, at) && !decision.isNever()) {
                Certainty certainty = decision.of(round.certainty());
                run.peak = Peak.NONE;
                last = family.execute(prefix + Json.text(round.step(), "name"), round.step(), at.path(), certainty);
                together.add(run.peak, round.times(at.certainty()));
            }
        }
        run.peak = together.peak();
        return Loops.isLoop(step) ? Outcome.NOTHING : last;
    }
}
