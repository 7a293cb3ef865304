package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import io.jenkins.plugins.argopreflight.engine.workflow.validation.TagWalk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Outputs that a step or task does not leave: its {@code when} is false, its list is empty, or the artifact is optional.
 * Source: argo-workflows workflow/controller/{steps,dag,operator}.go (resolveReferences, resolveDependencyReferences,
 * buildLocalScopeFromTask, processAggregateNodeOutputs, getTemplateOutputsFromScope, addSkippedNodeOutputsToScope,
 * markAbsentOptionalArgs).
 */
final class AbsentOutputs {

    /** What a node has without having run. */
    private static final Set<String> OF_ANY_NODE = Set.of("id", "status", "startedAt", "finishedAt");

    private static final Set<String> OWN_NAMES = Set.of("steps.name", "tasks.name");

    /** A text that is one variable and nothing else. */
    private static final Pattern PURE = Pattern.compile("\\{\\{(?!=)[^{}]+}}");

    private static final String OUTPUTS = ".outputs.";
    private static final String PARAMETERS = "outputs.parameters.";
    private static final String ARTIFACTS = "outputs.artifacts.";

    /**
     * Why a member has no outputs.
     *
     * @param node the node that Argo makes of the member
     * @param condition what must hold; null where it is certain
     */
    private record Absent(String why, Node node, @Nullable Condition condition) {

        boolean isSure() {
            return condition == null && node != Node.OMITTED;
        }
    }

    private enum Node {
        /** Skipped by its condition, or by an empty list. */
        SKIPPED,
        /** Omitted by its {@code depends}, where all before it goes well. */
        OMITTED,
        /** A loop of a dag whose rounds are all skipped: only the lists are there. */
        GROUP,
        /** A node that runs without that output, or a loop of steps whose rounds are all skipped. */
        OTHER
    }

    private final WalkState run;
    private final String kind;
    private final Map<String, Absent> members = new HashMap<>();
    private final Map<String, Absent> never = new HashMap<>();
    private final Map<String, JsonNode> notRun = new HashMap<>();
    private final Function<JsonNode, JsonNode> templates;
    private final Set<String> optional = new HashSet<>();

    /**
     * @param kind "steps" or "tasks", as variables begin
     * @param templates what a member refers to; missing where that is not known
     */
    AbsentOutputs(WalkState run, String kind, TemplateCall call, Function<JsonNode, JsonNode> templates) {
        this.run = run;
        this.kind = kind;
        this.templates = templates;
        boolean anyCaller =
                call.certainty().conditions().stream().anyMatch(each -> each.kind() == Condition.Kind.CALLER);
        if (run.version.has(Behaviour.WAITS_FOR_VALUES) && !anyCaller) {
            // That of the template itself is replaced by now, and a member has its own only in the template it calls.
            Absent own = new Absent("the call itself uses it before it exists", Node.OTHER, null);
            OWN_NAMES.forEach(name -> never.put(name, own));
        }
    }

    /**
     * Whether a member does not run at all, since its condition is false; of one that is no loop Argo evaluates it first, and
     * a loop of a dag is expanded nevertheless.
     */
    boolean skips(JsonNode step, String when, Decision decision) {
        if (!decision.isNever() || !Loops.isLoop(step) && When.refusal(when).isPresent()) {
            return false;
        }
        String member = Json.text(step, "name");
        if (!inDag() || !Loops.isLoop(step)) {
            Node node = Loops.isLoop(step) ? Node.OTHER : Node.SKIPPED;
            absent(step, new Absent(member + " does not run, since its when is false", node, null));
        } else if (!step.path("withItems").isEmpty()) {
            withoutRounds(step, false);
        }
        return true;
    }

    /** A loop without a round: its list is empty, or the condition of each round is false. */
    void withoutRounds(JsonNode loop, boolean emptyList) {
        String why = Json.text(loop, "name") + " does not run, since its ";
        absent(
                loop,
                emptyList
                        ? new Absent(why + "list is empty", Node.SKIPPED, null)
                        : new Absent(why + "when is false each time", inDag() ? Node.GROUP : Node.OTHER, null));
    }

    /** A task that its {@code depends} leaves out where all before it goes well. */
    void omitted(JsonNode task) {
        String member = Json.text(task, "name");
        absent(task, new Absent(member + " is omitted, since its depends is false", Node.OMITTED, null));
    }

    private void absent(JsonNode step, Absent why) {
        members.put(Json.text(step, "name"), why);
        notRun.put(Json.text(step, "name"), step);
    }

    /** A member, no loop, of which it is possibly not known whether it runs. */
    void undecided(JsonNode step, Decision decision) {
        if (!decision.isSure() && !Loops.isLoop(step)) {
            String member = Json.text(step, "name");
            Condition skipped =
                    new Condition(Condition.Kind.WHEN, member + " is skipped (" + decision.condition() + ")");
            absent(step, new Absent(member + " is skipped where its condition is false", Node.SKIPPED, skipped));
        }
    }

    /** What a member never leaves, or only if its program writes it. */
    void left(String member, NodeOutputs outcome) {
        Absent cached = new Absent(
                member + " comes from the cache, and this version of Argo stores no outputs of steps there",
                Node.OTHER,
                new Condition(Condition.Kind.CACHE, member + " comes from the cache"));
        outcome.cached().forEach(name -> never.put(kind + "." + member + "." + name, cached));
        outcome.never()
                .forEach((name, what) -> never.put(
                        kind + "." + member + "." + name, new Absent(member + " is " + what, Node.OTHER, null)));
        outcome.artifacts().forEach((name, artifact) -> {
            if (artifact.path("optional").asBoolean()) {
                optional.add(kind + "." + member + "." + ARTIFACTS + name);
            }
        });
    }

    private boolean inDag() {
        return kind.equals("tasks");
    }

    /** Whether an artifact surely is not there. */
    boolean isGone(String variable) {
        return absent(variable).filter(Absent::isSure).isPresent();
    }

    /**
     * Shows that the condition or the list of a member hangs on what is not there.
     *
     * @param decision of its condition
     * @param mayFollow whether its condition is read when this one does not run
     * @return whether it surely does: the member never runs
     */
    boolean decides(JsonNode member, TemplateCall at, Decision decision, Predicate<String> mayFollow) {
        boolean found = false;
        for (String field : List.of("when", "withParam", "withSequence")) {
            boolean read = field.equals("when") || Json.text(member, "when").isBlank();
            TemplateCall call = field.equals("when") ? at : at.with(decision.of(at.certainty()));
            for (TagWalk.Tag tag : TagWalk.of(FieldPath.field(at.path(), field), member.path(field))) {
                boolean waits = run.version.has(Behaviour.WAITS_FOR_VALUES);
                Optional<Absent> absent = taken(tag.name(), other -> read && waits && mayFollow.test(other))
                        .filter(each -> waits || tag.isDecided());
                absent.ifPresent(each -> report(call, tag, each, true));
                found |= absent.filter(Absent::isSure).isPresent();
            }
        }
        return found;
    }

    /** Reads what the text of a member takes from others, before its rounds. */
    TakenVariables uses(JsonNode member, TemplateCall at) {
        return TakenVariables.of(member, at.path(), kind.equals("tasks"));
    }

    /**
     * Shows what a round of a member takes from those that do not run.
     *
     * @param mayFollow whether it runs when this one does not
     */
    void takes(JsonNode member, TakenVariables uses, TemplateCall at, Predicate<String> mayFollow) {
        for (TakenVariables.Use use : uses.variables()) {
            boolean tag = use.form() == TakenVariables.Form.TAG;
            taken(use.variable(), tag ? mayFollow : other -> false).ifPresent(each -> {
                if (tag) {
                    argument(member, use, at, each);
                } else {
                    expression(use, at, each);
                }
            });
        }
        artifacts(member, uses.artifacts(), at, mayFollow);
    }

    /** Shows what an exit hook takes from a member that does not run; a variable of any other kind stays in its text. */
    void takesInHook(JsonNode hook, TemplateCall at) {
        TakenVariables uses = TakenVariables.of(hook, at.path(), inDag());
        takes(
                hook,
                new TakenVariables(
                        uses.variables().stream()
                                .filter(use -> isAbsentOptional(use.variable()))
                                .toList(),
                        Json.list()),
                at,
                other -> false);
    }

    /**
     * Shows what the workflow's volumes take from a member that does not run: Argo fills them in before each member.
     *
     * @param isBefore whether that member ends before the one at hand
     */
    void takesInVolumes(TemplateCall at, Predicate<String> isBefore) {
        DocumentField volumes = run.exec.field("volumes");
        for (TagWalk.Tag tag : TagWalk.of(volumes.path(), run.spec().path("volumes"))) {
            if (isAbsentOptional(tag.name()) && isBefore.test(owner(tag.name()))) {
                taken(tag.name(), other -> false).ifPresent(absent -> report(at.at(volumes), tag, absent, false));
            }
        }
    }

    /** An argument that is nothing but an absent output is left out: the input's default counts. */
    private void argument(JsonNode member, TakenVariables.Use use, TemplateCall at, Absent absent) {
        JsonNode argument = argument(at, use.tag());
        if (!isAbsentOptional(use.variable()) || !isPure(argument)) {
            report(at, use.tag(), absent, false);
        } else if (!isLeftOut(member, argument)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    of(at.at(at.document(), use.tag().path()), absent),
                    "inputs.parameters." + Json.text(argument, "name") + ": argument references an absent optional: "
                            + absent.why() + ", and neither {{" + use.variable() + "}} nor the input has a default");
        }
    }

    /** The argument whose value has the tag; missing for another field. */
    private static JsonNode argument(TemplateCall at, TagWalk.Tag tag) {
        return tag.path().startsWith(at.path() + ".arguments.parameters[")
                ? FieldPath.at(at.document().root(), tag.path().replaceFirst("\\.value$", ""))
                : MissingNode.getInstance();
    }

    private static boolean isPure(JsonNode argument) {
        return PURE.matcher(Json.text(argument, "value")).matches();
    }

    /** Returns whether the template of the member needs no value from this argument. */
    private boolean isLeftOut(JsonNode member, JsonNode argument) {
        JsonNode template = templates.apply(member);
        JsonNode input = FrozenJson.named(template.path("inputs").path("parameters"), Json.text(argument, "name"));
        return input.isMissingNode()
                || List.of("default", "value", "valueFrom").stream().anyMatch(field -> Json.isSet(input, field));
    }

    /** The arguments of a member without those that are left out, for which the input's default counts. */
    JsonNode supplied(JsonNode member, JsonNode substituted) {
        if (notRun.isEmpty()) {
            return substituted;
        }
        ArrayNode supplied = Json.list();
        JsonNode written = member.path("arguments").path("parameters");
        for (int i = 0; i < written.size(); i++) {
            String name = variable(Json.text(written.get(i), "value"));
            if (!isPure(written.get(i))
                    || !isAbsentOptional(name)
                    || !isGone(name)
                    || !isLeftOut(member, written.get(i))) {
                supplied.add(substituted.get(i));
            }
        }
        return supplied;
    }

    private void expression(TakenVariables.Use use, TemplateCall at, Absent absent) {
        String shown = "{{=" + use.tag().name() + "}}";
        boolean guarded = use.form() == TakenVariables.Form.GUARDED && run.version.has(Behaviour.GUARDED_VARIABLES);
        String wrong = "";
        if (isAbsentOptional(use.variable())) {
            wrong = use.form() == TakenVariables.Form.WHOLE ? "failed to evaluate expression " : "";
        } else if (guarded) {
            int outputs = use.variable().indexOf(OUTPUTS);
            boolean none = outputs >= 0 && outputs(owner(use.variable())).isEmpty();
            wrong = none
                    ? "cannot fetch "
                            + use.variable()
                                    .substring(outputs + OUTPUTS.length())
                                    .replaceFirst("\\..*", "")
                            + " from <nil> in "
                    : "";
        } else {
            report(at, use.tag(), absent, false);
        }
        if (!wrong.isEmpty()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    of(at.at(at.document(), use.tag().path()), absent),
                    wrong + shown + ": " + absent.why());
        }
    }

    private Optional<Absent> taken(String variable, Predicate<String> mayFollow) {
        return absent(variable).filter(each -> each.isSure() || mayFollow.test(owner(variable)));
    }

    private void artifacts(JsonNode member, JsonNode arguments, TemplateCall at, Predicate<String> mayFollow) {
        for (int i = 0; i < arguments.size(); i++) {
            JsonNode argument = arguments.get(i);
            String name = variable(argument.path("from").asText());
            String input = Json.text(argument, "name");
            if (argument.path("optional").asBoolean()) {
                continue;
            }
            TemplateCall field = at.at(at.document(), at.path() + ".arguments.artifacts[" + i + "]");
            taken(name, mayFollow)
                    .filter(each -> !isEmptyArtifact(name) || isNeeded(member, input))
                    .ifPresent(each -> run.problem(
                            Problem.Kind.REFUSED,
                            of(field, each),
                            isEmptyArtifact(name)
                                    ? "inputs.artifacts." + input + " missing location information: " + each.why()
                                    : unresolved(name, each.why())));
            unwritten(name, field);
        }
    }

    /** Returns whether Argo takes an artifact without a location for it: an output of a step that was skipped. */
    private boolean isEmptyArtifact(String variable) {
        Absent absent = members.get(owner(variable));
        return run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && !inDag()
                && absent != null
                && absent.node() == Node.SKIPPED;
    }

    private boolean isNeeded(JsonNode member, String artifact) {
        JsonNode input = FrozenJson.named(templates.apply(member).path("inputs").path("artifacts"), artifact);
        return !input.isMissingNode() && !input.path("optional").asBoolean() && !Locations.hasLocationOrKey(input);
    }

    private void unwritten(String artifact, TemplateCall field) {
        if (optional.contains(artifact) && !isGone(artifact)) {
            Condition missing = new Condition(Condition.Kind.WHEN, owner(artifact) + " does not write " + artifact);
            run.problem(
                    Problem.Kind.REFUSED,
                    field.with(field.certainty().when(missing)),
                    unresolved(artifact, "it is optional where it is written, and not where it is used"));
        }
    }

    /** Shows which outputs of the template itself come from those that do not run. */
    void leaves(JsonNode outputs, TemplateCall call) {
        for (String field : List.of("parameters", "artifacts")) {
            for (int i = 0; i < outputs.path(field).size(); i++) {
                JsonNode output = outputs.path(field).get(i);
                String name = variable(
                        field.equals("parameters")
                                ? output.path("valueFrom").path("parameter").asText()
                                : output.path("from").asText());
                boolean spared = output.path("optional").asBoolean() || Json.has(output.path("valueFrom"), "default");
                Optional<Absent> absent = spared || field.equals("artifacts") && isEmptyArtifact(name)
                        ? Optional.empty()
                        : withoutFill(name);
                TemplateCall at = call.at(call.document(), FieldPath.element(call.path() + ".outputs." + field, i));
                if (!spared) {
                    unwritten(name, at);
                }
                if (absent.isPresent()) {
                    run.problem(
                            Problem.Kind.REFUSED,
                            of(at, absent.get()),
                            unresolved(name, absent.get().why()));
                }
            }
        }
    }

    private static TemplateCall of(TemplateCall call, Absent absent) {
        Certainty certainty = call.certainty();
        return absent.condition() == null ? call : call.with(certainty.when(absent.condition()));
    }

    private static String unresolved(String variable, String why) {
        return "Unable to resolve {{" + variable + "}}: " + why;
    }

    /** The variable in a field {@code from}, with or without braces. */
    static String variable(String from) {
        String name = from.strip();
        return name.startsWith("{{") && name.endsWith("}}")
                ? name.substring(2, name.length() - 2).strip()
                : name;
    }

    private String owner(String variable) {
        if (!variable.startsWith(kind + ".")) {
            return "";
        }
        int dot = variable.indexOf('.', kind.length() + 1);
        return dot < 0 ? "" : variable.substring(kind.length() + 1, dot);
    }

    /** An output that is absent where the text of a member is substituted; an empty text is not. */
    private Optional<Absent> absent(String variable) {
        boolean filled = inDag()
                && run.version.has(Behaviour.SKIPPED_IS_EMPTY)
                && !run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && variable.contains("." + PARAMETERS);
        return withoutFill(variable)
                .filter(each -> !filled || each.node() == Node.GROUP || never.containsValue(each))
                .filter(each -> !isOpen(variable));
    }

    /** Returns whether it hangs on a template that is not known what comes of it. */
    private boolean isOpen(String variable) {
        JsonNode step = notRun.get(owner(variable));
        return run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && step != null
                && templates.apply(step).isMissingNode();
    }

    /** Returns whether it is an output parameter of a node that did not run, which Argo knows as an absent value. */
    private boolean isAbsentOptional(String variable) {
        return output(variable).isPresent();
    }

    /** The declaration of an output parameter whose node did not run, where such outputs are absent values. */
    private Optional<JsonNode> output(String variable) {
        String owner = owner(variable);
        Absent absent = members.get(owner);
        String prefix = kind + "." + owner + "." + PARAMETERS;
        boolean registered = run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && absent != null
                && (absent.node() == Node.SKIPPED || absent.node() == Node.OMITTED)
                && variable.startsWith(prefix);
        return registered
                ? Optional.of(FrozenJson.named(outputs(owner), variable.substring(prefix.length())))
                        .filter(declared -> !declared.isMissingNode())
                : Optional.empty();
    }

    /** The output parameters that the template of a member declares. */
    private JsonNode outputs(String member) {
        JsonNode step = notRun.get(member);
        return step == null
                ? MissingNode.getInstance()
                : templates.apply(step).path("outputs").path("parameters");
    }

    /** The values that the outputs of a member surely have which does not run: the defaults of its template. */
    Map<String, String> defaults(String member) {
        Map<String, String> defaults = new HashMap<>();
        for (JsonNode output : outputs(member)) {
            String variable = kind + "." + member + "." + PARAMETERS + Json.text(output, "name");
            Absent absent = members.get(member);
            if (absent != null && absent.isSure() && hasDefault(variable)) {
                defaults.put(variable, Json.anyString(output.path("valueFrom").get("default")));
            }
        }
        return defaults;
    }

    private boolean hasDefault(String variable) {
        return output(variable)
                .filter(output -> Json.isSet(output.path("valueFrom"), "default"))
                .isPresent();
    }

    private Optional<Absent> withoutFill(String variable) {
        String owner = owner(variable);
        Absent absent = owner.isEmpty() ? null : members.get(owner);
        if (absent == null) {
            return Optional.ofNullable(never.get(variable));
        }
        String value = variable.substring(kind.length() + owner.length() + 2);
        boolean there =
                absent.node() == Node.GROUP && (value.equals("outputs.result") || value.equals("outputs.parameters"));
        return there || OF_ANY_NODE.contains(value) || hasDefault(variable) ? Optional.empty() : Optional.of(absent);
    }

    private void report(TemplateCall at, TagWalk.Tag tag, Absent absent, boolean deciding) {
        if (tag.name().contains("." + ARTIFACTS)) {
            return;
        }
        TemplateCall field = of(at.at(at.document(), tag.path()), absent);
        String why = "failed to resolve {{" + tag.name() + "}}: " + absent.why();
        if (isAbsentOptional(tag.name())) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    "unable to substitute {{" + tag.name() + "}}: output is an absent optional: " + absent.why()
                            + ", and the output has no default");
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES) && OWN_NAMES.contains(tag.name())) {
            run.absent(Problem.Kind.TOO_EARLY, field, Problem.Thing.OWN_NAME, tag.name(), why);
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES)) {
            run.problem(Problem.Kind.TOO_EARLY, field, why);
        } else if (deciding) {
            run.problem(Problem.Kind.REFUSED, field, why + ", and the tag stays in the text");
        }
    }
}
