package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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

    /**
     * Variables that a called template has for the name of its step or task. The step or task itself does not have
     * them.
     */
    static final Set<String> OWN_NAMES = Set.of("steps.name", "tasks.name");

    /** Pattern of a text that consists of one variable: {@code {{steps.a.outputs.result}}}. */
    private static final Pattern SINGLE_VARIABLE = Pattern.compile("\\{\\{(?!=)[^{}]+}}");

    private static final String PARAMETERS = "outputs.parameters.";
    static final String ARTIFACTS = "outputs.artifacts.";

    private final Simulation run;
    private final String kind;
    private final Map<String, Absence> absencesByMember = new HashMap<>();
    private final Map<String, Absence> absentVariables = new HashMap<>();
    private final Function<JsonNode, JsonNode> templates;
    private final Set<String> optionalArtifacts = new HashSet<>();

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
        if (isInDag() && Loops.isLoop(member)) {
            return member.path("withItems").isEmpty() ? Optional.empty() : Optional.of(ofSkippedLoop(member));
        }
        return Optional.of(new Absence(
                member,
                name(member) + " does not run, since its when is false",
                Loops.isLoop(member) ? Absence.Node.OTHER : Absence.Node.SKIPPED,
                null));
    }

    /** Returns the absence of a loop whose list is empty. */
    static Absence ofEmptyLoop(JsonNode loop) {
        return new Absence(loop, name(loop) + " does not run, since its list is empty", Absence.Node.SKIPPED, null);
    }

    /** Returns the absence of a loop in which the condition of each iteration is false. */
    Absence ofSkippedLoop(JsonNode loop) {
        return new Absence(
                loop,
                name(loop) + " does not run, since its when is false each time",
                isInDag() ? Absence.Node.GROUP : Absence.Node.OTHER,
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
        outputs.absentInCache().forEach(name -> absentVariables.put(kind + "." + member + "." + name, cached));
        outputs.never()
                .forEach((name, reason) -> absentVariables.put(
                        kind + "." + member + "." + name, Absence.ofVariable(member + " is " + reason, null)));
        outputs.artifacts().forEach((name, artifact) -> {
            if (artifact.path("optional").asBoolean()) {
                optionalArtifacts.add(kind + "." + member + "." + ARTIFACTS + name);
            }
        });
    }

    boolean isInDag() {
        return kind.equals("tasks");
    }

    /** Returns whether an artifact certainly does not exist. */
    boolean isCertainlyAbsent(String variable) {
        return findAbsenceInText(variable).filter(Absence::isSure).isPresent();
    }

    static boolean isSingleVariable(JsonNode argument) {
        return SINGLE_VARIABLE.matcher(Json.text(argument, "value")).matches();
    }

    /** Returns whether Argo can drop this argument, since the template of the member does not require a value. */
    boolean isDropped(JsonNode member, JsonNode argument) {
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

    /** Returns whether Argo accepts an artifact without a location: an output of a step that was skipped. */
    boolean isEmptyArtifact(String variable) {
        Absence absent = absencesByMember.get(owner(variable));
        return run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && !isInDag()
                && absent != null
                && absent.node() == Absence.Node.SKIPPED;
    }

    /** Returns the variable in a field {@code from}, with or without braces. */
    static String variable(String from) {
        String name = from.strip();
        return name.startsWith("{{") && name.endsWith("}}")
                ? name.substring(2, name.length() - 2).strip()
                : name;
    }

    /** Returns the name of the member to which a variable belongs; "" for another variable. */
    String owner(String variable) {
        if (!variable.startsWith(kind + ".")) {
            return "";
        }
        int dot = variable.indexOf('.', kind.length() + 1);
        return dot < 0 ? "" : variable.substring(kind.length() + 1, dot);
    }

    /**
     * Returns the absence of an output when the text of a member is substituted. An output that is empty is not absent.
     */
    Optional<Absence> findAbsenceInText(String variable) {
        boolean isEmptyText = isInDag()
                && run.version.has(Behaviour.SKIPPED_IS_EMPTY)
                && !run.version.has(Behaviour.SKIPPED_IS_ABSENT)
                && variable.contains("." + PARAMETERS);
        return findAbsence(variable)
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
    boolean isAbsentOptional(String variable) {
        return registeredOutput(variable).isPresent();
    }

    /**
     * Returns the declaration of an output parameter whose node did not run, if Argo registers such outputs as absent
     * values.
     */
    private Optional<JsonNode> registeredOutput(String variable) {
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
    JsonNode outputs(String member) {
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
        return registeredOutput(variable)
                .filter(output -> Json.isSet(output.path("valueFrom"), "default"))
                .isPresent();
    }

    /**
     * Returns the absence of a variable; empty if its node has the variable without being run, or the output has a
     * default.
     */
    Optional<Absence> findAbsence(String variable) {
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

    /** Returns whether an artifact is optional where it is written. */
    boolean isOptional(String artifact) {
        return optionalArtifacts.contains(artifact);
    }

    /** Returns the template that a member refers to; a MissingNode if it is not known. */
    JsonNode template(JsonNode member) {
        return templates.apply(member);
    }
}
