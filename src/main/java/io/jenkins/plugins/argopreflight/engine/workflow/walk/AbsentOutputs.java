package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Locations;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.validation.TagFinder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The outputs that a step or task does not have, since its {@code when} is false, its list is empty, or the artifact is
 * optional. In this class, a member is a step or task of the template. Source: argo-workflows
 * workflow/controller/{steps,dag,operator}.go (resolveReferences, resolveDependencyReferences, buildLocalScopeFromTask,
 * processAggregateNodeOutputs, getTemplateOutputsFromScope, addSkippedNodeOutputsToScope, markAbsentOptionalArgs).
 */
final class AbsentOutputs {

    /** Variables that a node has even if it did not run. */
    private static final Set<String> FIELDS_OF_ANY_NODE = Set.of("id", "status", "startedAt", "finishedAt");

    private static final Set<String> OWN_NAMES = Set.of("steps.name", "tasks.name");

    /** A text that consists of one variable. */
    private static final Pattern SINGLE_VARIABLE = Pattern.compile("\\{\\{(?!=)[^{}]+}}");

    private static final String OUTPUTS = ".outputs.";
    private static final String PARAMETERS = "outputs.parameters.";
    private static final String ARTIFACTS = "outputs.artifacts.";

    private final Simulation run;
    private final String kind;
    private final Map<String, Absence> absencesByMember = new HashMap<>();
    private final Map<String, Absence> absentVariables = new HashMap<>();
    private final Function<JsonNode, JsonNode> templates;
    private final Set<String> optional = new HashSet<>();

    /**
     * Creates a record without absences.
     *
     * @param kind "steps" or "tasks", the first part of variables
     * @param templates returns the template that a member refers to; a MissingNode if it is not known
     */
    AbsentOutputs(Simulation run, String kind, TemplateCall call, Function<JsonNode, JsonNode> templates) {
        this.run = run;
        this.kind = kind;
        this.templates = templates;
        boolean anyCaller =
                call.certainty().conditions().stream().anyMatch(each -> each.kind() == Condition.Kind.CALLER);
        if (run.version.has(Behaviour.WAITS_FOR_VALUES) && !anyCaller) {
            // The name of the template's own step is substituted before, and a member has its own name only in the
            // called template.
            Absence ownName = Absence.ofVariable("the call itself uses it before it exists", null);
            OWN_NAMES.forEach(name -> absentVariables.put(name, ownName));
        }
    }

    /**
     * Returns whether a member does not run, since its condition is false. For a member that is not a loop, Argo
     * evaluates the condition first.
     */
    static boolean isSkipped(JsonNode member, String when, Decision decision) {
        return decision.isNever() && (Loops.isLoop(member) || When.refusal(when).isEmpty());
    }

    /** Returns the absence of a skipped member. A loop of a dag is expanded nevertheless. */
    Optional<Absence> ofSkipped(JsonNode member) {
        if (inDag() && Loops.isLoop(member)) {
            return member.path("withItems").isEmpty() ? Optional.empty() : Optional.of(ofLoop(member, false));
        }
        return Optional.of(new Absence(
                member,
                name(member) + " does not run, since its when is false",
                Loops.isLoop(member) ? Absence.Node.OTHER : Absence.Node.SKIPPED,
                null));
    }

    /**
     * Returns the absence of a loop without an iteration that runs: its list is empty, or the condition of each
     * iteration is false.
     */
    Absence ofLoop(JsonNode loop, boolean hasEmptyList) {
        String reason = name(loop) + " does not run, since its ";
        return hasEmptyList
                ? new Absence(loop, reason + "list is empty", Absence.Node.SKIPPED, null)
                : new Absence(
                        loop,
                        reason + "when is false each time",
                        inDag() ? Absence.Node.GROUP : Absence.Node.OTHER,
                        null);
    }

    /** Returns the absence of a task that its {@code depends} omits if all tasks before it succeed. */
    static Absence ofOmitted(JsonNode task) {
        return new Absence(task, name(task) + " is omitted, since its depends is false", Absence.Node.OMITTED, null);
    }

    /** Returns the absence of a member if its condition, which cannot be decided, is false. */
    static Absence ofUndecided(JsonNode member, Decision decision) {
        return new Absence(
                member,
                name(member) + " is skipped where its condition is false",
                Absence.Node.SKIPPED,
                new Condition(Condition.Kind.WHEN, name(member) + " is skipped (" + decision.condition() + ")"));
    }

    private static String name(JsonNode member) {
        return Json.text(member, "name");
    }

    void record(Absence absence) {
        absencesByMember.put(name(absence.member()), absence);
    }

    /** Records the outputs that a member never has, or has only if its program writes them. */
    void recordOutputs(String member, NodeOutputs outputs) {
        Absence cached = Absence.ofVariable(
                member + " comes from the cache, and this version of Argo stores no outputs of steps there",
                new Condition(Condition.Kind.CACHE, member + " comes from the cache"));
        outputs.cached().forEach(name -> absentVariables.put(kind + "." + member + "." + name, cached));
        outputs.never()
                .forEach((name, reason) -> absentVariables.put(
                        kind + "." + member + "." + name, Absence.ofVariable(member + " is " + reason, null)));
        outputs.artifacts().forEach((name, artifact) -> {
            if (artifact.path("optional").asBoolean()) {
                optional.add(kind + "." + member + "." + ARTIFACTS + name);
            }
        });
    }

    private boolean inDag() {
        return kind.equals("tasks");
    }

    /** Returns whether an artifact certainly does not exist. */
    boolean isCertainlyAbsent(String variable) {
        return absent(variable).filter(Absence::isSure).isPresent();
    }

    /**
     * Reports that the condition or the list of a member uses an absent output.
     *
     * @param decision decision about the member's condition
     * @param mayFollow returns whether the member's condition is evaluated if another member does not run
     * @return whether it certainly uses one: the member never runs
     */
    boolean reportInCondition(
            JsonNode member, TemplateCall memberCall, Decision decision, Predicate<String> mayFollow) {
        boolean isCertain = false;
        for (String field : List.of("when", "withParam", "withSequence")) {
            boolean isEvaluated =
                    field.equals("when") || Json.text(member, "when").isBlank();
            TemplateCall call =
                    field.equals("when") ? memberCall : memberCall.with(decision.of(memberCall.certainty()));
            boolean waits = run.version.has(Behaviour.WAITS_FOR_VALUES);
            for (TagFinder.Tag tag : TagFinder.of(FieldPath.field(memberCall.path(), field), member.path(field))) {
                Optional<Absence> absent = usedAbsence(
                                tag.name(), other -> isEvaluated && waits && mayFollow.test(other))
                        .filter(each -> waits || tag.isDecided());
                absent.ifPresent(each -> report(call, tag, each, true));
                isCertain |= absent.filter(Absence::isSure).isPresent();
            }
        }
        return isCertain;
    }

    /**
     * Reports the absent outputs that an iteration of a member uses.
     *
     * @param mayFollow returns whether the member runs if another member does not
     */
    void reportUses(JsonNode member, UsedVariables uses, TemplateCall memberCall, Predicate<String> mayFollow) {
        for (UsedVariables.Use use : uses.variables()) {
            boolean isTag = use.form() == UsedVariables.Form.TAG;
            usedAbsence(use.variable(), isTag ? mayFollow : other -> false).ifPresent(each -> {
                if (isTag) {
                    argument(member, use, memberCall, each);
                } else {
                    expression(use, memberCall, each);
                }
            });
        }
        artifacts(member, uses.artifacts(), memberCall, mayFollow);
    }

    /** Reports the absent outputs that an exit hook uses. Other variables are not substituted in it. */
    void reportUsesInHook(JsonNode hook, TemplateCall memberCall) {
        UsedVariables uses = UsedVariables.of(hook, memberCall.path(), inDag());
        reportUses(
                hook,
                new UsedVariables(
                        uses.variables().stream()
                                .filter(use -> isAbsentOptional(use.variable()))
                                .toList(),
                        Json.list()),
                memberCall,
                other -> false);
    }

    /**
     * Reports the absent outputs that the workflow's volumes use. Argo substitutes the volumes before each member.
     *
     * @param isBefore returns whether a member ends before the current one
     */
    void reportUsesInVolumes(TemplateCall memberCall, Predicate<String> isBefore) {
        DocumentField volumes = run.exec.field("volumes");
        for (TagFinder.Tag tag : TagFinder.of(volumes.path(), run.spec().path("volumes"))) {
            if (isAbsentOptional(tag.name()) && isBefore.test(owner(tag.name()))) {
                usedAbsence(tag.name(), other -> false)
                        .ifPresent(absent -> report(memberCall.at(volumes), tag, absent, false));
            }
        }
    }

    /**
     * Reports an argument that uses an absent output. If it is only that variable, Argo drops the argument and uses the
     * input's default.
     */
    private void argument(JsonNode member, UsedVariables.Use use, TemplateCall memberCall, Absence absent) {
        JsonNode argument = argument(memberCall, use.tag());
        if (!isAbsentOptional(use.variable()) || !isSingleVariable(argument)) {
            report(memberCall, use.tag(), absent, false);
        } else if (!isDropped(member, argument)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    withCondition(memberCall.at(memberCall.document(), use.tag().path()), absent),
                    "inputs.parameters." + Json.text(argument, "name") + ": argument references an absent optional: "
                            + absent.reason() + ", and neither {{" + use.variable() + "}} nor the input has a default");
        }
    }

    /** Returns the argument whose value contains the tag; a MissingNode for another field. */
    private static JsonNode argument(TemplateCall memberCall, TagFinder.Tag tag) {
        return tag.path().startsWith(memberCall.path() + ".arguments.parameters[")
                ? FieldPath.at(memberCall.document().root(), tag.path().replaceFirst("\\.value$", ""))
                : MissingNode.getInstance();
    }

    private static boolean isSingleVariable(JsonNode argument) {
        return SINGLE_VARIABLE.matcher(Json.text(argument, "value")).matches();
    }

    /** Returns whether Argo can drop this argument, since the template of the member does not require a value. */
    private boolean isDropped(JsonNode member, JsonNode argument) {
        JsonNode template = templates.apply(member);
        JsonNode input = FrozenJson.named(template.path("inputs").path("parameters"), Json.text(argument, "name"));
        return input.isMissingNode()
                || List.of("default", "value", "valueFrom").stream().anyMatch(field -> Json.isSet(input, field));
    }

    /** Returns the arguments of a member without those that Argo drops, for which it uses the input's default. */
    JsonNode withoutDropped(JsonNode member, JsonNode substituted) {
        if (absencesByMember.isEmpty()) {
            return substituted;
        }
        ArrayNode remaining = Json.list();
        JsonNode original = member.path("arguments").path("parameters");
        for (int i = 0; i < original.size(); i++) {
            String name = variable(Json.text(original.get(i), "value"));
            if (!isSingleVariable(original.get(i))
                    || !isAbsentOptional(name)
                    || !isCertainlyAbsent(name)
                    || !isDropped(member, original.get(i))) {
                remaining.add(substituted.get(i));
            }
        }
        return remaining;
    }

    private void expression(UsedVariables.Use use, TemplateCall memberCall, Absence absent) {
        String shown = "{{=" + use.tag().name() + "}}";
        boolean isGuarded = use.form() == UsedVariables.Form.GUARDED && run.version.has(Behaviour.GUARDED_VARIABLES);
        String error = "";
        if (isAbsentOptional(use.variable())) {
            error = use.form() == UsedVariables.Form.WHOLE ? "failed to evaluate expression " : "";
        } else if (isGuarded) {
            int outputsIndex = use.variable().indexOf(OUTPUTS);
            boolean hasNoOutputs =
                    outputsIndex >= 0 && outputs(owner(use.variable())).isEmpty();
            error = hasNoOutputs
                    ? "cannot fetch "
                            + use.variable()
                                    .substring(outputsIndex + OUTPUTS.length())
                                    .replaceFirst("\\..*", "")
                            + " from <nil> in "
                    : "";
        } else {
            report(memberCall, use.tag(), absent, false);
        }
        if (!error.isEmpty()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    withCondition(memberCall.at(memberCall.document(), use.tag().path()), absent),
                    error + shown + ": " + absent.reason());
        }
    }

    private Optional<Absence> usedAbsence(String variable, Predicate<String> mayFollow) {
        return absent(variable).filter(each -> each.isSure() || mayFollow.test(owner(variable)));
    }

    private void artifacts(JsonNode member, JsonNode arguments, TemplateCall memberCall, Predicate<String> mayFollow) {
        for (int i = 0; i < arguments.size(); i++) {
            JsonNode argument = arguments.get(i);
            String name = variable(Json.text(argument, "from"));
            String input = Json.text(argument, "name");
            if (argument.path("optional").asBoolean()) {
                continue;
            }
            TemplateCall field =
                    memberCall.at(memberCall.document(), memberCall.path() + ".arguments.artifacts[" + i + "]");
            usedAbsence(name, mayFollow)
                    .filter(each -> !isEmptyArtifact(name) || isNeeded(member, input))
                    .ifPresent(each -> run.problem(
                            Problem.Kind.REFUSED,
                            withCondition(field, each),
                            isEmptyArtifact(name)
                                    ? "inputs.artifacts." + input + " missing location information: " + each.reason()
                                    : unresolved(name, each.reason())));
            reportUnwritten(name, field);
        }
    }

    /** Returns whether Argo accepts an artifact without a location: an output of a step that was skipped. */
    private boolean isEmptyArtifact(String variable) {
        Absence absent = absencesByMember.get(owner(variable));
        return run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && !inDag()
                && absent != null
                && absent.node() == Absence.Node.SKIPPED;
    }

    private boolean isNeeded(JsonNode member, String artifact) {
        JsonNode input = FrozenJson.named(templates.apply(member).path("inputs").path("artifacts"), artifact);
        return !input.isMissingNode() && !input.path("optional").asBoolean() && !Locations.hasLocationOrKey(input);
    }

    private void reportUnwritten(String artifact, TemplateCall field) {
        if (optional.contains(artifact) && !isCertainlyAbsent(artifact)) {
            Condition missing = new Condition(Condition.Kind.WHEN, owner(artifact) + " does not write " + artifact);
            run.problem(
                    Problem.Kind.REFUSED,
                    field.with(field.certainty().when(missing)),
                    unresolved(artifact, "it is optional where it is written, and not where it is used"));
        }
    }

    /** Reports outputs of the template itself that are taken from absent outputs. */
    void reportOutputs(JsonNode outputs, TemplateCall call) {
        for (String field : List.of("parameters", "artifacts")) {
            for (int i = 0; i < outputs.path(field).size(); i++) {
                JsonNode output = outputs.path(field).get(i);
                String name = variable(
                        field.equals("parameters")
                                ? Json.text(output, "valueFrom", "parameter")
                                : Json.text(output, "from"));
                boolean isNotRequired =
                        output.path("optional").asBoolean() || Json.has(output.path("valueFrom"), "default");
                Optional<Absence> absent = isNotRequired || field.equals("artifacts") && isEmptyArtifact(name)
                        ? Optional.empty()
                        : absenceBeforeDefaults(name);
                TemplateCall memberCall =
                        call.at(call.document(), FieldPath.element(call.path() + ".outputs." + field, i));
                if (!isNotRequired) {
                    reportUnwritten(name, memberCall);
                }
                if (absent.isPresent()) {
                    run.problem(
                            Problem.Kind.REFUSED,
                            withCondition(memberCall, absent.get()),
                            unresolved(name, absent.get().reason()));
                }
            }
        }
    }

    private static TemplateCall withCondition(TemplateCall call, Absence absent) {
        Certainty certainty = call.certainty();
        return absent.condition() == null ? call : call.with(certainty.when(absent.condition()));
    }

    private static String unresolved(String variable, String reason) {
        return "Unable to resolve {{" + variable + "}}: " + reason;
    }

    /** Returns the variable in a field {@code from}, with or without braces. */
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

    /**
     * Returns the absence of an output when the text of a member is substituted. An output that is empty is not absent.
     */
    private Optional<Absence> absent(String variable) {
        boolean isEmptyText = inDag()
                && run.version.has(Behaviour.SKIPPED_IS_EMPTY)
                && !run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && variable.contains("." + PARAMETERS);
        return absenceBeforeDefaults(variable)
                .filter(each ->
                        !isEmptyText || each.node() == Absence.Node.GROUP || absentVariables.containsValue(each))
                .filter(each -> !isUnknown(variable));
    }

    /** Returns whether a variable depends on a template whose outputs are not known. */
    private boolean isUnknown(String variable) {
        Absence absent = absencesByMember.get(owner(variable));
        return run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && absent != null
                && templates.apply(absent.member()).isMissingNode();
    }

    /**
     * Returns whether a variable is an output parameter of a node that did not run, which Argo registers as an absent
     * value.
     */
    private boolean isAbsentOptional(String variable) {
        return output(variable).isPresent();
    }

    /**
     * Returns the declaration of an output parameter whose node did not run, if Argo registers such outputs as absent
     * values.
     */
    private Optional<JsonNode> output(String variable) {
        String owner = owner(variable);
        Absence absent = absencesByMember.get(owner);
        String prefix = kind + "." + owner + "." + PARAMETERS;
        boolean isRegistered = run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && absent != null
                && (absent.node() == Absence.Node.SKIPPED || absent.node() == Absence.Node.OMITTED)
                && variable.startsWith(prefix);
        return isRegistered
                ? Optional.of(FrozenJson.named(outputs(owner), variable.substring(prefix.length())))
                        .filter(declared -> !declared.isMissingNode())
                : Optional.empty();
    }

    /** Returns the output parameters that the template of a member declares. */
    private JsonNode outputs(String member) {
        Absence absent = absencesByMember.get(member);
        return absent == null
                ? MissingNode.getInstance()
                : templates.apply(absent.member()).path("outputs").path("parameters");
    }

    /**
     * Returns the values that the outputs of a member certainly have if it does not run: the defaults of its template.
     */
    Map<String, String> defaults(String member) {
        Map<String, String> defaults = new HashMap<>();
        for (JsonNode output : outputs(member)) {
            String variable = kind + "." + member + "." + PARAMETERS + Json.text(output, "name");
            Absence absent = absencesByMember.get(member);
            if (absent != null && absent.isSure() && hasDefault(variable)) {
                defaults.put(
                        variable, ArgoJson.anyString(output.path("valueFrom").get("default")));
            }
        }
        return defaults;
    }

    private boolean hasDefault(String variable) {
        return output(variable)
                .filter(output -> Json.isSet(output.path("valueFrom"), "default"))
                .isPresent();
    }

    private Optional<Absence> absenceBeforeDefaults(String variable) {
        String owner = owner(variable);
        Absence absent = owner.isEmpty() ? null : absencesByMember.get(owner);
        if (absent == null) {
            return Optional.ofNullable(absentVariables.get(variable));
        }
        String value = variable.substring(kind.length() + owner.length() + 2);
        boolean exists = absent.node() == Absence.Node.GROUP
                && (value.equals("outputs.result") || value.equals("outputs.parameters"));
        return exists || FIELDS_OF_ANY_NODE.contains(value) || hasDefault(variable)
                ? Optional.empty()
                : Optional.of(absent);
    }

    private void report(TemplateCall memberCall, TagFinder.Tag tag, Absence absent, boolean decidesExecution) {
        if (tag.name().contains("." + ARTIFACTS)) {
            return;
        }
        TemplateCall field = withCondition(memberCall.at(memberCall.document(), tag.path()), absent);
        String reason = "failed to resolve {{" + tag.name() + "}}: " + absent.reason();
        if (isAbsentOptional(tag.name())) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    "unable to substitute {{" + tag.name() + "}}: output is an absent optional: " + absent.reason()
                            + ", and the output has no default");
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES) && OWN_NAMES.contains(tag.name())) {
            run.reportAbsent(Problem.Kind.TOO_EARLY, field, Problem.Thing.OWN_NAME, tag.name(), reason);
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES)) {
            run.problem(Problem.Kind.TOO_EARLY, field, reason);
        } else if (decidesExecution) {
            run.problem(Problem.Kind.REFUSED, field, reason + ", and the tag stays in the text");
        }
    }
}
