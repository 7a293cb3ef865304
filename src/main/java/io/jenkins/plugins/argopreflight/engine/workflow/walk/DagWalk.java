package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.DependsSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import io.jenkins.plugins.argopreflight.engine.workflow.template.DagFailures;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Depends;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A dag template: tasks after those they depend on; source: argo-workflows workflow/controller/dag.go. */
final class DagWalk {

    private final WalkState run;
    private final Walker walker;

    DagWalk(WalkState run, Walker walker) {
        this.run = run;
        this.walker = walker;
    }

    NodeOutputs walk(ResolvedTemplate resolved, TemplateCall call) {
        SiblingNodes family = new SiblingNodes(run, walker, "tasks", resolved, call);
        JsonNode dag = FrozenJson.value(resolved.template().path("dag"));
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int i = 0; i < dag.path("tasks").size(); i++) {
            index.putIfAbsent(Json.text(dag.path("tasks").get(i), "name"), i);
        }
        run.order.dag(
                call.nodeName(),
                task -> index.containsKey(task)
                        ? Depends.names(dag.path("tasks").get(index.get(task)))
                        : Set.of());
        targets(dag, index, resolved, call);
        Map<String, Depends.State> states = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        SortedMap<Integer, ConcurrentPods.Sum> levels = new TreeMap<>();
        DagDaemons daemons = new DagDaemons(walker);
        List<String> order = order(dag, index);
        DagFailures failures = new DagFailures(dag, order, index);
        for (String name : order) {
            int i = Objects.requireNonNull(index.get(name));
            String path = resolved.found().path() + ".dag.tasks[" + i + "]";
            Set<String> dependencies = Depends.names(dag.path("tasks").get(i));
            walker.peak(ConcurrentPods.NONE);
            daemons.before(name, dependencies);
            states.put(name, task(family, dag.path("tasks").get(i), path, states, call, resolved, failures));
            daemons.after(name);
            int depth = dependencies.stream()
                    .mapToInt(other -> depths.getOrDefault(other, 0) + 1)
                    .max()
                    .orElse(0);
            depths.put(name, depth);
            levels.computeIfAbsent(depth, level -> new ConcurrentPods.Sum()).add(walker.peak(), 1);
        }
        daemons.end();
        walker.peak(
                Json.isSet(resolved.template(), "synchronization")
                        ? ConcurrentPods.NONE
                        : widest(levels)
                                .limited(resolved.template().path("parallelism").asLong()));
        return family.outcome();
    }

    /** The daemons of one depth run at the next ones too. */
    private static ConcurrentPods widest(SortedMap<Integer, ConcurrentPods.Sum> levels) {
        ConcurrentPods widest = ConcurrentPods.NONE;
        ConcurrentPods daemons = ConcurrentPods.NONE;
        for (ConcurrentPods.Sum level : levels.values()) {
            widest = widest.max(level.peak().beside(daemons));
            daemons = level.peak().left().beside(daemons);
        }
        return widest.ended();
    }

    /**
     * A target that the template writes out is checked with the template. In a template that is called, Argo's validation
     * takes a placeholder for each input (workflow/validate/validate.go, FakeArguments).
     */
    private void targets(JsonNode dag, Map<String, Integer> index, ResolvedTemplate resolved, TemplateCall call) {
        String target = Json.text(dag, "target");
        String given = Json.text(resolved.found().template().path("dag"), "target");
        boolean written = !given.contains("{{");
        boolean called = call.boundary() != null
                && !Json.isSet(call.holder(), "templateRef")
                && !Json.text(resolved.template(), "name").equals(Json.text(run.spec(), "entrypoint"));
        if (called && given.contains("{{inputs.")) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.at(resolved.found().document(), resolved.found().path() + ".dag.target"),
                    "templates." + Json.text(resolved.template(), "name") + ".targets: target '" + given
                            + "' is not defined: Argo's validation does not know the inputs of a template that is"
                            + " called");
            return;
        }
        for (String each :
                written || target.isBlank() ? new String[0] : target.strip().split("\\s+")) {
            if (!index.containsKey(each) && !Unknowns.isUnknown(each)) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call.at(resolved.found().document(), resolved.found().path() + ".dag.target"),
                        "templates." + Json.text(resolved.template(), "name") + ".targets: target '" + each
                                + "' is not defined");
            }
        }
    }

    /** The tasks that run, each after its dependencies: all, or those that the targets need. */
    private static List<String> order(JsonNode dag, Map<String, Integer> index) {
        List<String> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Set<String> done = new HashSet<>();
        String target = Json.text(dag, "target");
        List<String> targets = target.isBlank()
                ? List.copyOf(index.keySet())
                : List.of(target.strip().split("\\s+"));
        List<String> stack = new ArrayList<>();
        for (String root : targets) {
            stack.add(root);
            while (!stack.isEmpty()) {
                String name = stack.get(stack.size() - 1);
                if (!index.containsKey(name) || done.contains(name)) {
                    stack.remove(stack.size() - 1);
                    continue;
                }
                if (seen.add(name)) {
                    for (String dependency : Depends.names(dag.path("tasks").get(index.get(name)))) {
                        if (!seen.contains(dependency)) {
                            stack.add(dependency);
                        }
                    }
                } else {
                    stack.remove(stack.size() - 1);
                    order.add(name);
                    done.add(name);
                }
            }
        }
        return order;
    }

    private Depends.State task(
            SiblingNodes family,
            JsonNode written,
            String path,
            Map<String, Depends.State> states,
            TemplateCall call,
            ResolvedTemplate resolved,
            DagFailures failures) {
        String name = Json.text(written, "name");
        Certainty certainty =
                call.certainty().tolerating(call.certainty().tolerance().ofTask(failures.of(name)));
        Depends.State state = Depends.State.RUNS;
        boolean read = isRead(
                written,
                states.keySet(),
                call.at(resolved.found().document(), path).with(certainty));
        Decision depends =
                Decision.ofDepends(read ? Depends.decide(written, states) : Optional.of(true), Depends.text(written));
        if (!depends.isSure()) {
            certainty = depends.of(certainty);
            state = depends.otherwise().isPresent() ? Depends.State.OMITTED : Depends.State.MAY_BE_OMITTED;
        }
        Predicate<String> follows = other -> follows(written, other, states, depends.isSure());
        family.absent().takesInVolumes(call.with(certainty), Depends.names(written)::contains);
        String when = run.substitution.replace(Json.text(written, "when"), family.scope());
        Decision whole = Decision.ofWhen(when, call.onExit(), family.expected());
        TemplateCall at = call.at(resolved.found().document(), path);
        family.checkName(at);
        MistypedExpressions mistyped = new MistypedExpressions(run, family.scope());
        mistyped.condition(at.with(certainty));
        if (family.absent().skips(written, when, whole)
                || !run.reads(when, at)
                || family.absent().decides(written, at.with(certainty), whole, follows)) {
            family.left(name, NodeOutputs.NOTHING);
            return Depends.State.SKIPPED;
        }
        mistyped.loop(at.with(certainty), whole);
        JsonNode task = family.substitute(written);
        NodeOutputs last = NodeOutputs.NOTHING;
        ConcurrentPods.Sum together = new ConcurrentPods.Sum();
        int refusals = run.refusals();
        List<Loops.Round> rounds = new Loops(run).rounds(task, family.scope(), certainty, at.with(certainty));
        boolean never = run.refusals() == refusals;
        TakenVariables uses = family.absent().uses(written, at);
        for (Loops.Round round : rounds) {
            String condition = Json.text(round.step(), "when");
            Decision decision = Decision.ofWhen(condition, call.onExit(), family.expected());
            boolean runs = run.reads(condition, at) && !decision.isNever();
            new MistypedExpressions(run, round.known()).arguments(at.with(round.certainty()), decision, runs);
            if (runs) {
                never = false;
                Certainty sure = decision.of(round.certainty());
                state = decision.isSure() || state != Depends.State.RUNS ? state : Depends.State.MAY_BE_SKIPPED;
                family.absent()
                        .takes(
                                written,
                                uses,
                                at.with(sure),
                                other -> follows.test(other)
                                        && (states.get(other) == Depends.State.OMITTED
                                                || Json.text(written, "when").isBlank()));
                walker.peak(ConcurrentPods.NONE);
                last = family.execute(
                        call.nodeName() + "." + Json.text(round.step(), "name"), round.step(), path, sure);
                together.add(walker.peak(), round.times(call.certainty()));
                family.absent().undecided(task, decision);
                family.collects(task, at.with(sure), last);
            }
        }
        if (never) {
            family.absent().withoutRounds(written, rounds.isEmpty());
        }
        walker.peak(together.peak());
        if (state == Depends.State.OMITTED) {
            family.absent().omitted(written);
        }
        family.left(name, Loops.isLoop(task) ? NodeOutputs.ofLoop(last) : last);
        return state;
    }

    /** Whether Argo can read what a task waits for: it becomes an expression, of which the names of tasks are a part. */
    private boolean isRead(JsonNode task, Set<String> others, TemplateCall at) {
        String depends = Json.text(task, "depends");
        Optional<String> wrong = Depends.names(task).stream()
                .filter(name -> UnknownNames.WORDS.contains(name) && others.contains(name))
                .map(name -> "'" + name + ".Succeeded': " + name
                        + " is a word of the expression language; give the task another name")
                .findFirst()
                .or(() -> DependsSyntax.problem(depends).map(why -> "'" + Unknowns.show(depends) + "': " + why));
        wrong.ifPresent(why -> run.problem(
                Problem.Kind.REFUSED,
                at.at(at.document(), at.path() + (depends.isEmpty() ? ".dependencies" : ".depends")),
                "unable to evaluate expression " + why));
        return wrong.isEmpty();
    }

    /**
     * Returns whether the condition of a task is read when another one that it depends on does not run.
     *
     * @param isReady whether it is where all goes well
     */
    private static boolean follows(JsonNode task, String other, Map<String, Depends.State> states, boolean isReady) {
        if (states.get(other) == Depends.State.OMITTED) {
            return isReady;
        }
        Map<String, Depends.State> then = new HashMap<>(states);
        then.put(other, Depends.State.SKIPPED);
        return Depends.names(task).contains(other) && Depends.decide(task, then).orElse(false);
    }
}
