package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Boundary;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Scope;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps or tasks of one template: what each leaves to the next ones, and their hooks. */
final class SiblingNodes {

    private static final int MAX_SHOWN = 40;

    private final WalkState run;
    private final Walker walker;
    private final String kind;
    private final ResolvedTemplate resolved;
    private final TemplateCall call;
    private final Boundary boundary;
    private final Map<String, JsonNode> inputArtifacts;
    private final Map<String, NodeOutputs> outcomes = new HashMap<>();
    private final Scope scope;
    private final Set<String> expected = new HashSet<>();

    /** The paths of the members in their template, by their names; empty until one is needed. */
    private final Map<String, String> places = new HashMap<>();

    private final AbsentOutputs absent;
    private final Set<String> collected = new HashSet<>();

    /** @param kind "steps" or "tasks", as variables begin */
    SiblingNodes(WalkState run, Walker walker, String kind, ResolvedTemplate resolved, TemplateCall call) {
        this.run = run;
        this.walker = walker;
        this.kind = kind;
        this.resolved = resolved;
        this.call = call;
        this.boundary = Boundary.of(resolved.found().template());
        this.inputArtifacts = Json.byName(resolved.template().path("inputs").path("artifacts"));
        this.absent = new AbsentOutputs(run, kind, call, this::template);
        this.scope = run.globals.inner(this::later);
        expectFailures(resolved.found().template());
        Inputs.put(resolved.template(), scope);
    }

    private void expectFailures(JsonNode template) {
        List<JsonNode> members = new ArrayList<>();
        template.path("steps").forEach(group -> {
            if (group.isObject()) {
                members.add(group);
            } else {
                group.forEach(members::add);
            }
        });
        template.path("dag").path("tasks").forEach(members::add);
        Set<String> depends = new HashSet<>();
        members.forEach(
                member -> depends.addAll(List.of(Json.text(member, "depends").split("[^-\\w.]+"))));
        for (JsonNode member : members) {
            String name = Json.text(member, "name");
            JsonNode goesOn = member.path("continueOn");
            if (goesOn.path("failed").asBoolean()
                    || goesOn.path("error").asBoolean()
                    || depends.contains(name + ".Failed")
                    || depends.contains(name + ".Errored")) {
                expected.add(kind + "." + name);
            }
        }
    }

    /** Those whose failure the template expects, {@code steps.scan}: with continueOn, or a task that depends on it. */
    Set<String> expected() {
        return expected;
    }

    Scope scope() {
        return scope;
    }

    private Optional<String> later(String name) {
        if (!name.startsWith(kind + ".")) {
            return Optional.empty();
        }
        String rest = name.substring(kind.length() + 1);
        int dot = rest.indexOf('.');
        String member = dot < 0 ? rest : rest.substring(0, dot);
        return outcomes.containsKey(member)
                ? Optional.of(run.unknowns.mark(name, "it is known only when " + member + " has run"))
                : Optional.empty();
    }

    void left(String member, NodeOutputs outcome) {
        outcomes.put(member, outcome);
        absent.left(member, outcome);
        absent.defaults(member).forEach(scope::put);
    }

    private JsonNode template(JsonNode member) {
        if (places.isEmpty()) {
            findPlaces();
        }
        String path = resolved.found().path() + places.getOrDefault(Json.text(member, "name"), "");
        return walker.written(child("", member, path, Json.object(), call.onExit(), call.certainty()));
    }

    /**
     * Shows a name with an input, if the template is called: there Argo's validation puts a placeholder in the place of each
     * input. Source: argo-workflows workflow/validate/validate.go (FakeArguments, validateSteps, validateDAG).
     */
    void checkName(TemplateCall member) {
        boolean refused = run.version.has(Behaviour.REFUSED_PLACEHOLDERS)
                && !(kind.equals("steps") && run.version.has(Behaviour.STEP_PLACEHOLDERS));
        boolean called = call.boundary() != null
                && !Json.text(resolved.template(), "name").equals(Json.text(run.spec(), "entrypoint"));
        if (!refused || !called) {
            return;
        }
        String name = Json.text(FieldPath.at(member.document().root(), member.path()), "name");
        if (name.contains("{{inputs.")) {
            run.problems.add(new Problem(
                    Problem.Kind.REFUSED,
                    member.document(),
                    member.path() + ".name",
                    "templates." + Json.text(resolved.template(), "name") + "." + kind + " name '" + name
                            + "' is invalid: Argo's validation puts a placeholder with '_' in the place of each input of"
                            + " a template that is called"));
        }
    }

    private void findPlaces() {
        JsonNode template = resolved.found().template();
        addPlaces(template.path("dag").path("tasks"), ".dag.tasks");
        JsonNode groups = template.path("steps");
        for (int i = 0; i < groups.size(); i++) {
            addPlaces(groups.get(i), FieldPath.element(".steps", i));
        }
    }

    private void addPlaces(JsonNode members, String list) {
        for (int i = 0; i < members.size(); i++) {
            places.putIfAbsent(Json.text(members.path(i), "name"), FieldPath.element(list, i));
        }
    }

    /**
     * Shows a round of a loop whose result is no JSON, where Argo collects the results: it does if any member names
     * them. Source: argo-workflows workflow/controller/operator.go (hasOutputResultRef, processAggregateNodeOutputs).
     */
    void collects(JsonNode loop, TemplateCall round, NodeOutputs left) {
        String member = Json.text(loop, "name");
        if (left.notJson().isPresent() && Loops.isLoop(loop) && collected.add(member) && namesResultOf(member)) {
            String text = left.notJson().get();
            run.problem(
                    Problem.Kind.REFUSED,
                    round,
                    "the results of loop " + member + " are collected as JSON, and it prints no JSON: "
                            + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text));
        }
    }

    private boolean namesResultOf(String member) {
        String text = resolved.found().template().toString();
        return text.contains(kind + "." + member + ".outputs.result")
                || text.contains(kind + "['" + member + "'].outputs.result");
    }

    /** What members do not leave. */
    AbsentOutputs absent() {
        return absent;
    }

    /** The member with variables and artifacts filled in; hooks stay as they are. */
    ObjectNode substitute(JsonNode member) {
        run.volumes = run.substitution.replace(run.volumes, scope);
        ObjectNode plain = member.isObject() ? ((ObjectNode) member).objectNode() : Json.object();
        plain.setAll((ObjectNode) member);
        JsonNode hooks = plain.remove("hooks");
        JsonNode artifacts = plain.path("arguments").path("artifacts");
        ObjectNode changed = plain.objectNode();
        changed.setAll((ObjectNode) run.substitution.replace(plain, scope));
        JsonNode parameters = plain.path("arguments").path("parameters");
        if (!artifacts.isEmpty() || !parameters.isEmpty()) {
            ObjectNode arguments = changed.objectNode();
            arguments.setAll((ObjectNode) changed.get("arguments"));
            if (!artifacts.isEmpty()) {
                arguments.set("artifacts", artifacts(artifacts, arguments.path("artifacts")));
            }
            if (!parameters.isEmpty()) {
                arguments.set("parameters", absent.supplied(plain, arguments.path("parameters")));
            }
            changed.set("arguments", arguments);
        }
        if (hooks != null) {
            changed.set("hooks", hooks);
        }
        return changed;
    }

    private ArrayNode artifacts(JsonNode written, JsonNode substituted) {
        ArrayNode resolvedArtifacts = Json.list();
        for (int i = 0; i < written.size(); i++) {
            JsonNode artifact = written.get(i);
            boolean from = Json.has(artifact, "from") || Json.has(artifact, "fromExpression");
            if (!from
                    || !artifact.path("optional").asBoolean()
                    || !absent.isGone(AbsentOutputs.variable(Json.text(artifact, "from")))) {
                resolvedArtifacts.add(from ? from(artifact) : substituted.get(i));
            }
        }
        return resolvedArtifacts;
    }

    private ObjectNode from(JsonNode artifact) {
        String variable = AbsentOutputs.variable(Json.text(artifact, "from"));
        ObjectNode found = run.substitution.replace(variable, scope).isEmpty() ? null : artifact(variable);
        ObjectNode copy = found == null ? somewhere(variable) : found.deepCopy();
        copy.put("name", Json.text(artifact, "name"));
        return copy;
    }

    private @Nullable ObjectNode artifact(String variable) {
        if (variable.startsWith("workflow.outputs.artifacts.")) {
            return run.globalArtifacts.get(variable.substring("workflow.outputs.artifacts.".length()));
        }
        if (variable.startsWith("inputs.artifacts.")) {
            return (ObjectNode) inputArtifacts.get(variable.substring("inputs.artifacts.".length()));
        }
        String[] parts = variable.split("\\.outputs\\.artifacts\\.", 2);
        if (parts.length == 2 && parts[0].startsWith(kind + ".")) {
            NodeOutputs outcome = outcomes.get(parts[0].substring(kind.length() + 1));
            return outcome == null ? null : outcome.artifacts().get(parts[1]);
        }
        return null;
    }

    private ObjectNode somewhere(String variable) {
        ObjectNode artifact = Json.object();
        String type = Locations.type(run.artifacts.repository());
        if (!type.isEmpty()) {
            artifact.putObject(type)
                    .put(Locations.keyField(type), run.unknowns.mark(variable, "it is known only at run time"));
        }
        return artifact;
    }

    /** Executes a member and its hooks. */
    NodeOutputs execute(String nodeName, JsonNode member, String path, Certainty certainty) {
        TemplateCall child = child(nodeName, member, path, member.path("arguments"), call.onExit(), certainty);
        if (resolved.found().path().endsWith(".inline") && !run.version.has(Behaviour.INLINE_GROUPS)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    child,
                    "failed to get a template: this version of Argo does not find the inline template around "
                            + Json.text(member, "name"));
            return NodeOutputs.NOTHING;
        }
        NodeOutputs outcome = walker.execute(child);
        ConcurrentPods own = walker.peak();
        Scope hookScope = scope.inner(name -> name.startsWith(kind + ".")
                ? Optional.of(run.unknowns.mark(name, "it is known only at run time"))
                : Optional.empty());
        member.path("hooks").properties().forEach(hook -> {
            if (!hook.getKey().equals("exit")) {
                hook(
                        Json.text(member, "name"),
                        nodeName + ".hooks." + hook.getKey(),
                        hook.getValue(),
                        path + ".hooks." + hook.getKey(),
                        false,
                        certainty,
                        hookScope);
            }
        });
        JsonNode exit = Hooks.exit(member, run.spec());
        if (exit.isObject()) {
            String at = Json.has(member, "onExit") ? path + ".onExit" : path + ".hooks.exit";
            hook(Json.text(member, "name"), nodeName + ".onExit", exit, at, true, certainty, hookScope);
        }
        walker.peak(own);
        return outcome;
    }

    private void hook(
            String member,
            String nodeName,
            JsonNode hook,
            String path,
            boolean onExit,
            Certainty certainty,
            Scope hookScope) {
        String expression = Json.text(hook, "expression");
        TemplateCall at = call.at(resolved.found().document(), path).with(certainty);
        new UnreadExpressions(run).hook(at, expression, resolved.template(), member);
        new MistypedExpressions(run, hookScope).hook(at, expression);
        Decision decision = Decision.ofHook(expression, hookScope);
        if (decision.isNever()) {
            return;
        }
        Certainty sure = decision.of(certainty).tolerating(Tolerance.HOOK);
        if (onExit) {
            absent.takesInHook(hook, at.with(sure));
        }
        JsonNode arguments = run.substitution.replace(hook.path("arguments"), hookScope);
        if (onExit && arguments.path("parameters").isArray()) {
            ObjectNode copy = ((ObjectNode) arguments).deepCopy();
            copy.set("parameters", absent.supplied(hook, arguments.path("parameters")));
            arguments = copy;
        }
        if (arguments instanceof ObjectNode object && hook.path("arguments").has("artifacts")) {
            ObjectNode copy = object.deepCopy();
            copy.set("artifacts", artifacts(hook.path("arguments").get("artifacts"), object.path("artifacts")));
            arguments = copy;
        }
        walker.execute(child(nodeName, hook, path, arguments, onExit, sure));
    }

    private TemplateCall child(
            String nodeName, JsonNode holder, String path, JsonNode arguments, boolean onExit, Certainty certainty) {
        return new TemplateCall(
                nodeName,
                holder,
                kind,
                resolved.base(),
                resolved.found().document(),
                path,
                arguments,
                boundary,
                onExit,
                certainty,
                call.frame());
    }

    /** What the whole template leaves: its outputs, taken from its members. */
    NodeOutputs outcome() {
        absent.leaves(
                resolved.template().path("outputs"),
                call.at(resolved.found().document(), resolved.found().path()));
        Map<String, ObjectNode> artifacts = new HashMap<>();
        for (JsonNode artifact : resolved.template().path("outputs").path("artifacts")) {
            if (Json.has(artifact, "from") || Json.has(artifact, "fromExpression")) {
                ObjectNode found = from(artifact);
                artifacts.put(Json.text(artifact, "name"), found);
                if (Json.has(artifact, "globalName")) {
                    run.globalArtifacts.put(Json.text(artifact, "globalName"), found);
                }
            }
        }
        return NodeOutputs.ofGroup(artifacts);
    }
}
