package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.argo.template.Boundary;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Depends;
import io.jenkins.plugins.argopreflight.engine.argo.template.ExecutedNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.argo.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Scope;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The steps or tasks of one template, with their hooks and the outputs that later members can use. In this class, a
 * member is a step or task.
 */
final class SiblingNodes {

    private static final int MAX_SHOWN_CHARACTERS = 40;

    private final Simulation run;
    private final TemplateSimulator simulator;
    private final String kind;
    private final ResolvedTemplate resolved;
    private final TemplateCall call;
    private final Boundary boundary;
    private final Map<String, JsonNode> inputArtifacts;
    private final Map<String, NodeOutputs> outputsByMember = new HashMap<>();
    private final Scope scope;
    /** The members whose failure the template expects, as {@code steps.scan}: with continueOn, or with depends. */
    private final Set<String> expectedFailures = new HashSet<>();

    /** Paths of the members in their template, by their names; empty until the first is needed. */
    private final Map<String, String> pathsByName = new HashMap<>();

    private final AbsentOutputs absentOutputs;
    private final AbsentOutputUses absentUses;
    private final Set<String> checkedLoops = new HashSet<>();

    /**
     * Creates the nodes of one template.
     *
     * @param kind "steps" or "tasks", the first part of variables
     */
    SiblingNodes(
            Simulation run, TemplateSimulator simulator, String kind, ResolvedTemplate resolved, TemplateCall call) {
        this.run = run;
        this.simulator = simulator;
        this.kind = kind;
        this.resolved = resolved;
        this.call = call;
        this.boundary = Boundary.of(resolved.found().template());
        this.inputArtifacts = Json.byName(resolved.template().path("inputs").path("artifacts"));
        this.absentOutputs = new AbsentOutputs(run, kind, call, this::writtenTemplate);
        this.absentUses = new AbsentOutputUses(run, absentOutputs);
        this.scope = run.globals.inner(this::valueAtRunTime);
        expectFailures(resolved.found().template());
        Inputs.put(resolved.template(), scope);
    }

    private void expectFailures(JsonNode template) {
        List<JsonNode> members = new ArrayList<>();
        template.path("steps").forEach(group -> StepsExpansion.steps(group).forEach(members::add));
        template.path("dag").path("tasks").forEach(members::add);
        Set<String> depends = new HashSet<>();
        members.forEach(
                member -> depends.addAll(List.of(Json.text(member, "depends").split("[^-\\w.]+"))));
        for (JsonNode member : members) {
            String name = Json.text(member, "name");
            JsonNode continueOn = member.path("continueOn");
            if (continueOn.path("failed").asBoolean()
                    || continueOn.path("error").asBoolean()
                    || depends.contains(name + ".Failed")
                    || depends.contains(name + ".Errored")) {
                expectedFailures.add(kind + "." + name);
            }
        }
    }

    /** Returns a mark for a variable of a member that was executed; empty for another variable. */
    private Optional<String> valueAtRunTime(String name) {
        if (!name.startsWith(kind + ".")) {
            return Optional.empty();
        }
        String memberAndField = name.substring(kind.length() + 1);
        int dot = memberAndField.indexOf('.');
        String member = dot < 0 ? memberAndField : memberAndField.substring(0, dot);
        return outputsByMember.containsKey(member)
                ? Optional.of(run.unknowns.mark(name, "it is known only when " + member + " has run"))
                : Optional.empty();
    }

    void recordOutputs(String member, NodeOutputs outputs) {
        outputsByMember.put(member, outputs);
        absentOutputs.recordOutputs(member, outputs);
        absentOutputs.defaults(member).forEach(scope::put);
    }

    private JsonNode writtenTemplate(JsonNode member) {
        if (pathsByName.isEmpty()) {
            findPaths();
        }
        String path = resolved.found().path() + pathsByName.getOrDefault(Json.text(member, "name"), "");
        return simulator.written(
                childCall("", member, call.withLocation(resolved.found().document(), path), Json.object()));
    }

    /**
     * Reports a name that contains an input, if the template is called: Argo's validation replaces each input by a
     * placeholder. Source: argo-workflows workflow/validate/validate.go (FakeArguments, validateSteps, validateDAG).
     */
    private void checkName(TemplateCall member) {
        boolean isRefused = run.version.has(Behaviour.REFUSED_PLACEHOLDERS)
                && !(kind.equals("steps") && run.version.has(Behaviour.STEP_PLACEHOLDERS));
        boolean isCalled = call.boundary() != null
                && !Json.text(resolved.template(), "name").equals(Json.text(run.spec(), "entrypoint"));
        if (!isRefused || !isCalled) {
            return;
        }
        String name = Json.text(FieldPath.at(member.document().root(), member.path()), "name");
        if (name.contains("{{inputs.")) {
            run.add(new Problem(
                    Problem.Kind.REFUSED,
                    member.document(),
                    member.path() + ".name",
                    "templates." + Json.text(resolved.template(), "name") + "." + kind + " name '" + name
                            + "' is invalid: Argo's validation puts a placeholder with '_' in the place of each input of"
                            + " a template that is called"));
        }
    }

    private void findPaths() {
        JsonNode template = resolved.found().template();
        addPaths(template.path("dag").path("tasks"), ".dag.tasks");
        JsonNode groups = template.path("steps");
        for (int i = 0; i < groups.size(); i++) {
            addPaths(groups.get(i), FieldPath.element(".steps", i));
        }
    }

    private void addPaths(JsonNode members, String list) {
        for (int i = 0; i < members.size(); i++) {
            pathsByName.putIfAbsent(Json.text(members.path(i), "name"), FieldPath.element(list, i));
        }
    }

    /**
     * Executes a step or task: one node with its hooks, or one for each iteration of a loop. Later members can use the
     * outputs after {@link #recordOutputs}.
     */
    Member.Executed execute(Member member) {
        JsonNode written = member.written();
        TemplateCall memberCall = member.call();
        TemplateCall unreadable = memberCall.withCertainty(member.unreadable());
        checkName(memberCall);
        MistypedExpressions mistyped = new MistypedExpressions(run, scope);
        mistyped.checkCondition(memberCall);
        String when = run.substitution.replace(Json.text(written, "when"), scope);
        Decision memberDecision = decide(when);
        if (AbsentOutputs.isSkipped(written, when, memberDecision)) {
            return Member.Executed.skipped(absentOutputs.ofSkipped(written));
        }
        if (!run.reads(when, unreadable)
                || absentUses.reportInCondition(written, memberCall, memberDecision, member.isReachedWithout())) {
            return Member.Executed.skipped(Optional.empty());
        }
        mistyped.checkLoop(memberCall, memberDecision);
        JsonNode substituted = substitute(written);
        boolean isLoop = Loops.isLoop(substituted);
        int refusals = run.refusals();
        List<Loops.Round> rounds = new Loops(run).iterations(substituted, scope, member.certainty(), memberCall);
        // A loop that was refused has no iterations, but its list is not empty.
        boolean neverRuns = run.refusals() == refusals;
        UsedVariables uses = UsedVariables.of(written, memberCall.path(), kind.equals("tasks"));
        NodeOutputs lastOutputs = NodeOutputs.NOTHING;
        ConcurrentPods.Sum concurrent = new ConcurrentPods.Sum();
        Optional<Absence> absence = Optional.empty();
        Depends.State state = Depends.State.RUNS;
        for (Loops.Round round : rounds) {
            String condition = Json.text(round.step(), "when");
            Decision decision = decide(condition);
            boolean isExecuted = run.reads(condition, unreadable) && !decision.isNever();
            // If an argument cannot be resolved, no step of its group continues.
            Certainty ofArguments =
                    round.certainty().withTolerance(memberCall.certainty().tolerance());
            new MistypedExpressions(run, round.known())
                    .checkArguments(memberCall.withCertainty(ofArguments), decision, isExecuted);
            if (!isExecuted) {
                continue;
            }
            neverRuns = false;
            TemplateCall roundCall = memberCall.withCertainty(decision.of(round.certainty()));
            absentUses.reportUses(written, uses, roundCall, member.runsWithout());
            ExecutedNode node = execute(member.nodePrefix() + Json.text(round.step(), "name"), round.step(), roundCall);
            concurrent.add(node.pods(), round.times(memberCall.certainty()));
            if (!decision.isSure()) {
                state = Depends.State.MAY_BE_SKIPPED;
                absence = isLoop ? absence : Optional.of(AbsentOutputs.ofUndecided(substituted, decision));
            }
            lastOutputs = node.outputs();
            if (isLoop) {
                checkCollectedResults(Json.text(substituted, "name"), roundCall, lastOutputs);
            }
        }
        if (neverRuns) {
            absence = Optional.of(
                    rounds.isEmpty() ? AbsentOutputs.ofEmptyLoop(written) : absentOutputs.ofSkippedLoop(written));
        }
        return new Member.Executed(
                isLoop ? NodeOutputs.ofLoop(lastOutputs) : lastOutputs, absence, concurrent.peak(), state);
    }

    private Decision decide(String when) {
        return Decision.ofWhen(when, call.onExit(), expectedFailures);
    }

    /**
     * Reports an iteration of a loop whose result is not JSON, if Argo collects the results of the loop because a
     * member refers to them. Source: argo-workflows workflow/controller/operator.go (hasOutputResultRef,
     * processAggregateNodeOutputs).
     */
    private void checkCollectedResults(String loop, TemplateCall iteration, NodeOutputs outputs) {
        if (outputs.notJson().isPresent() && checkedLoops.add(loop) && isResultUsed(loop)) {
            String text = outputs.notJson().get();
            run.problem(
                    Problem.Kind.REFUSED,
                    iteration,
                    "the results of loop " + loop + " are collected as JSON, and it prints no JSON: "
                            + (text.length() > MAX_SHOWN_CHARACTERS
                                    ? text.substring(0, MAX_SHOWN_CHARACTERS) + "…"
                                    : text));
        }
    }

    private boolean isResultUsed(String member) {
        String text = resolved.found().template().toString();
        return text.contains(kind + "." + member + ".outputs.result")
                || text.contains(kind + "['" + member + "'].outputs.result");
    }

    /** Returns the outputs that members do not have. */
    AbsentOutputs absentOutputs() {
        return absentOutputs;
    }

    AbsentOutputUses absentUses() {
        return absentUses;
    }

    /** Returns the member with values in place of variables and artifacts. Its hooks are not changed. */
    private ObjectNode substitute(JsonNode member) {
        run.substituteVolumes(scope);
        ObjectNode withoutHooks = member.isObject() ? ((ObjectNode) member).objectNode() : Json.object();
        withoutHooks.setAll((ObjectNode) member);
        JsonNode hooks = withoutHooks.remove("hooks");
        JsonNode artifacts = withoutHooks.path("arguments").path("artifacts");
        ObjectNode substituted = withoutHooks.objectNode();
        substituted.setAll((ObjectNode) run.substitution.replace(withoutHooks, scope));
        JsonNode parameters = withoutHooks.path("arguments").path("parameters");
        if (!artifacts.isEmpty() || !parameters.isEmpty()) {
            ObjectNode arguments = substituted.objectNode();
            arguments.setAll((ObjectNode) substituted.get("arguments"));
            if (!artifacts.isEmpty()) {
                arguments.set("artifacts", resolveArtifacts(artifacts, arguments.path("artifacts")));
            }
            if (!parameters.isEmpty()) {
                arguments.set("parameters", absentOutputs.withoutDropped(withoutHooks, arguments.path("parameters")));
            }
            substituted.set("arguments", arguments);
        }
        if (hooks != null) {
            substituted.set("hooks", hooks);
        }
        return substituted;
    }

    private ArrayNode resolveArtifacts(JsonNode original, JsonNode substituted) {
        ArrayNode resolvedArtifacts = Json.list();
        for (int i = 0; i < original.size(); i++) {
            JsonNode artifact = original.get(i);
            boolean isReference = Json.has(artifact, "from") || Json.has(artifact, "fromExpression");
            if (!isReference
                    || !artifact.path("optional").asBoolean()
                    || !absentOutputs.isCertainlyAbsent(AbsentOutputs.variable(Json.text(artifact, "from")))) {
                resolvedArtifacts.add(isReference ? referencedArtifact(artifact) : substituted.get(i));
            }
        }
        return resolvedArtifacts;
    }

    private ObjectNode referencedArtifact(JsonNode artifact) {
        String variable = AbsentOutputs.variable(Json.text(artifact, "from"));
        ObjectNode known = run.substitution.replace(variable, scope).isEmpty() ? null : findArtifact(variable);
        ObjectNode copy = known == null ? unknownArtifact(variable) : known.deepCopy();
        copy.put("name", Json.text(artifact, "name"));
        return copy;
    }

    private @Nullable ObjectNode findArtifact(String variable) {
        if (variable.startsWith("workflow.outputs.artifacts.")) {
            return run.globalArtifact(variable.substring("workflow.outputs.artifacts.".length()));
        }
        if (variable.startsWith("inputs.artifacts.")) {
            return (ObjectNode) inputArtifacts.get(variable.substring("inputs.artifacts.".length()));
        }
        String[] parts = variable.split("\\.outputs\\.artifacts\\.", 2);
        if (parts.length == 2 && parts[0].startsWith(kind + ".")) {
            NodeOutputs outcome = outputsByMember.get(parts[0].substring(kind.length() + 1));
            return outcome == null ? null : outcome.artifacts().get(parts[1]);
        }
        return null;
    }

    private ObjectNode unknownArtifact(String variable) {
        ObjectNode artifact = Json.object();
        String type = Locations.type(run.artifacts.repository());
        if (!type.isEmpty()) {
            artifact.putObject(type)
                    .put(Locations.keyField(type), run.unknowns.mark(variable, "it is known only at run time"));
        }
        return artifact;
    }

    /** Executes a member and its hooks. */
    private ExecutedNode execute(String nodeName, JsonNode member, TemplateCall memberCall) {
        TemplateCall child = childCall(nodeName, member, memberCall, member.path("arguments"));
        if (resolved.found().path().endsWith(".inline") && !run.version.has(Behaviour.INLINE_GROUPS)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    child,
                    "failed to get a template: this version of Argo does not find the inline template around "
                            + Json.text(member, "name"));
            return ExecutedNode.NOTHING;
        }
        ExecutedNode node = simulator.execute(child);
        Scope hookScope = scope.inner(name -> name.startsWith(kind + ".")
                ? Optional.of(run.unknowns.mark(name, "it is known only at run time"))
                : Optional.empty());
        member.path("hooks").properties().forEach(hook -> {
            if (!hook.getKey().equals("exit")) {
                executeHook(
                        Json.text(member, "name"),
                        nodeName + ".hooks." + hook.getKey(),
                        hook.getValue(),
                        withField(memberCall, ".hooks." + hook.getKey()).asHook(),
                        hookScope);
            }
        });
        JsonNode exit = Hooks.exit(member, run.spec());
        if (exit.isObject()) {
            String field = Json.has(member, "onExit") ? ".onExit" : ".hooks.exit";
            executeHook(
                    Json.text(member, "name"),
                    nodeName + ".onExit",
                    exit,
                    withField(memberCall, field).asExitHandler(),
                    hookScope);
        }
        return node;
    }

    private static TemplateCall withField(TemplateCall member, String field) {
        return member.withLocation(member.document(), member.path() + field);
    }

    /** Executes the hook of a member, unless its expression is certainly false. */
    private void executeHook(String member, String nodeName, JsonNode hook, TemplateCall hookCall, Scope hookScope) {
        String expression = Json.text(hook, "expression");
        new UnreadExpressions(run).hook(hookCall, expression, resolved.template(), member);
        new MistypedExpressions(run, hookScope).hook(hookCall, expression);
        Decision decision = Decision.ofHook(expression, hookScope);
        if (decision.isNever()) {
            return;
        }
        Certainty hookCertainty = decision.of(hookCall.certainty()).withTolerance(Tolerance.HOOK);
        if (hookCall.onExit()) {
            absentUses.reportUsesInHook(hook, hookCall.withCertainty(hookCertainty));
        }
        JsonNode arguments = run.substitution.replace(hook.path("arguments"), hookScope);
        if (hookCall.onExit() && arguments.path("parameters").isArray()) {
            ObjectNode copy = ((ObjectNode) arguments).deepCopy();
            copy.set("parameters", absentOutputs.withoutDropped(hook, arguments.path("parameters")));
            arguments = copy;
        }
        if (arguments instanceof ObjectNode object && hook.path("arguments").has("artifacts")) {
            ObjectNode copy = object.deepCopy();
            copy.set("artifacts", resolveArtifacts(hook.path("arguments").get("artifacts"), object.path("artifacts")));
            arguments = copy;
        }
        simulator.execute(childCall(nodeName, hook, hookCall.withCertainty(hookCertainty), arguments));
    }

    private TemplateCall childCall(String nodeName, JsonNode holder, TemplateCall at, JsonNode arguments) {
        return new TemplateCall(
                nodeName,
                holder,
                kind,
                resolved.base(),
                at.document(),
                at.path(),
                arguments,
                boundary,
                at.onExit(),
                at.certainty(),
                at.frame(),
                at.daemons());
    }

    /**
     * Returns the node of the whole template. Its outputs are taken from its members.
     *
     * @param widest the largest group of pods of its members that run at the same time
     */
    ExecutedNode createNode(ConcurrentPods widest) {
        absentUses.reportOutputs(
                resolved.template().path("outputs"),
                call.withLocation(resolved.found().document(), resolved.found().path()));
        Map<String, ObjectNode> artifacts = new HashMap<>();
        for (JsonNode artifact : resolved.template().path("outputs").path("artifacts")) {
            if (Json.has(artifact, "from") || Json.has(artifact, "fromExpression")) {
                ObjectNode source = referencedArtifact(artifact);
                artifacts.put(Json.text(artifact, "name"), source);
                run.addGlobalArtifact(artifact, source);
            }
        }
        return new ExecutedNode(
                NodeOutputs.ofGroup(artifacts),
                Json.isSet(resolved.template(), "synchronization")
                        ? ConcurrentPods.NONE
                        : widest.withoutDaemons()
                                .limited(resolved.template().path("parallelism").asLong()));
    }
}
