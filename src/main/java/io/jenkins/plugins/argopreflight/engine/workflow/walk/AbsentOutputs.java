package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Outputs that a step or task does not leave: its {@code when} is false, its list is empty, or the artifact is optional.
 * Source: argo-workflows workflow/controller/{steps,dag,operator}.go (resolveReferences, resolveDependencyReferences,
 * buildLocalScopeFromTask, processAggregateNodeOutputs, getTemplateOutputsFromScope).
 */
final class AbsentOutputs {

    /** What a node has without having run. */
    private static final Set<String> OF_ANY_NODE = Set.of("id", "status", "startedAt", "finishedAt");

    private static final Set<String> OWN_NAMES = Set.of("steps.name", "tasks.name");

    private static final String PARAMETERS = "outputs.parameters.";
    private static final String ARTIFACTS = "outputs.artifacts.";

    /**
     * Why a member has no outputs.
     *
     * @param group whether it is a loop of a dag whose rounds are all skipped: only the lists are there
     * @param condition what must hold; null where it is certain
     */
    private record Absent(
            String why, boolean group, @Nullable Condition condition) {

        boolean isSure() {
            return condition == null;
        }
    }

    private final WalkState run;
    private final String kind;
    private final Map<String, Absent> members = new HashMap<>();
    private final Map<String, Absent> never = new HashMap<>();
    private final Set<String> optional = new HashSet<>();

    /** @param kind "steps" or "tasks", as variables begin */
    AbsentOutputs(WalkState run, String kind, TemplateCall call) {
        this.run = run;
        this.kind = kind;
        boolean anyCaller =
                call.certainty().conditions().stream().anyMatch(each -> each.kind() == Condition.Kind.CALLER);
        if (run.rules.waitsForValues() && !anyCaller) {
            // That of the template itself is replaced by now, and a member has its own only in the template it calls.
            Absent own = new Absent("the call itself uses it before it exists", false, null);
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
            members.put(member, new Absent(member + " does not run, since its when is false", false, null));
        } else if (!step.path("withItems").isEmpty()) {
            withoutRounds(member, false);
        }
        return true;
    }

    /** A loop without a round: its list is empty, or the condition of each round is false. */
    void withoutRounds(String member, boolean emptyList) {
        members.put(
                member,
                emptyList
                        ? new Absent(member + " does not run, since its list is empty", false, null)
                        : new Absent(member + " does not run, since its when is false each time", inDag(), null));
    }

    /** A member, no loop, of which it is possibly not known whether it runs. */
    void undecided(JsonNode step, Decision decision) {
        if (!decision.isSure() && !Loops.isLoop(step)) {
            String member = Json.text(step, "name");
            Condition skipped =
                    new Condition(Condition.Kind.WHEN, member + " is skipped (" + decision.condition() + ")");
            members.put(member, new Absent(member + " is skipped where its condition is false", false, skipped));
        }
    }

    /** What a member never leaves, or only if its program writes it. */
    void left(String member, NodeOutputs outcome) {
        outcome.never()
                .forEach((name, what) ->
                        never.put(kind + "." + member + "." + name, new Absent(member + " is " + what, false, null)));
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
     * @return whether it does: the member never runs
     */
    boolean decides(JsonNode member, TemplateCall at, Decision decision) {
        boolean found = false;
        for (String field : List.of("when", "withParam", "withSequence")) {
            TemplateCall call = field.equals("when") ? at : at.with(decision.of(at.certainty()));
            for (TagWalk.Tag tag : TagWalk.of(FieldPath.field(at.path(), field), member.path(field))) {
                Optional<Absent> absent = absent(tag.name()).filter(Absent::isSure);
                absent.ifPresent(each -> report(call, tag, each, true));
                found |= absent.isPresent();
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
     * @param mayFollow whether it runs when this one is skipped
     */
    void takes(TakenVariables uses, TemplateCall at, Predicate<String> mayFollow) {
        for (TakenVariables.Use use : uses.variables()) {
            taken(use.variable(), use.inExpression() ? other -> false : mayFollow)
                    .ifPresent(each -> report(at, use.tag(), each, false));
        }
        artifacts(uses.artifacts(), at, mayFollow);
    }

    private Optional<Absent> taken(String variable, Predicate<String> mayFollow) {
        return absent(variable).filter(each -> each.isSure() || mayFollow.test(owner(variable)));
    }

    private void artifacts(JsonNode arguments, TemplateCall at, Predicate<String> mayFollow) {
        for (int i = 0; i < arguments.size(); i++) {
            String name = variable(arguments.get(i).path("from").asText());
            if (arguments.get(i).path("optional").asBoolean()) {
                continue;
            }
            TemplateCall field = at.at(at.document(), at.path() + ".arguments.artifacts[" + i + "]");
            taken(name, mayFollow)
                    .ifPresent(
                            each -> run.problem(Problem.Kind.REFUSED, of(field, each), unresolved(name, each.why())));
            unwritten(name, field);
        }
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
                Optional<Absent> absent = spared ? Optional.empty() : withoutFill(name);
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
        int dot = variable.indexOf('.', kind.length() + 1);
        return dot < 0 ? "" : variable.substring(kind.length() + 1, dot);
    }

    /** In the arguments of a task, the parameters of a skipped one are empty texts, since 3.7.13 and 4.0.4. */
    private Optional<Absent> absent(String variable) {
        boolean filled = inDag() && run.rules.fillsSkipped() && variable.contains("." + PARAMETERS);
        return withoutFill(variable).filter(each -> !filled || each.group() || never.containsValue(each));
    }

    private Optional<Absent> withoutFill(String variable) {
        String owner = variable.startsWith(kind + ".") ? owner(variable) : "";
        Absent absent = owner.isEmpty() ? null : members.get(owner);
        if (absent == null) {
            return Optional.ofNullable(never.get(variable));
        }
        String value = variable.substring(kind.length() + owner.length() + 2);
        boolean there = absent.group() && (value.equals("outputs.result") || value.equals("outputs.parameters"));
        return there || OF_ANY_NODE.contains(value) ? Optional.empty() : Optional.of(absent);
    }

    /** Since 3.7.11 and 4.0.2 Argo waits for the value; before, the tag stayed in the text. */
    private void report(TemplateCall at, TagWalk.Tag tag, Absent absent, boolean deciding) {
        if (tag.name().contains("." + ARTIFACTS)) {
            return;
        }
        TemplateCall field = of(at.at(at.document(), tag.path()), absent);
        String why = "failed to resolve {{" + tag.name() + "}}: " + absent.why();
        if (run.rules.waitsForValues() && OWN_NAMES.contains(tag.name())) {
            run.absent(Problem.Kind.TOO_EARLY, field, Problem.Thing.OWN_NAME, tag.name(), why);
        } else if (run.rules.waitsForValues()) {
            run.problem(Problem.Kind.TOO_EARLY, field, why);
        } else if (deciding) {
            run.problem(Problem.Kind.REFUSED, field, why + ", and the tag stays in the text");
        }
    }
}
