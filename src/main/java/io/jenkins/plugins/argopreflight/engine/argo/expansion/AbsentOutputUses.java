package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TagFinder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A check of the uses of absent outputs, in other steps and tasks, hooks, the workflow's volumes, and the outputs of the
 * template itself. In this class, a member is a step or task of the template.
 */
final class AbsentOutputUses {

    private static final String OUTPUTS = ".outputs.";

    private final Simulation run;
    private final AbsentOutputs absentOutputs;

    AbsentOutputUses(Simulation run, AbsentOutputs absentOutputs) {
        this.run = run;
        this.absentOutputs = absentOutputs;
    }

    /**
     * Reports that the condition or the list of a member uses an absent output.
     *
     * @param decision decision about the member's condition
     * @param mayFollow returns whether the member's condition is evaluated if another member does not run
     * @return whether the member certainly uses an absent output, so that it never runs
     */
    boolean reportInCondition(
            JsonNode member, TemplateCall memberCall, Decision decision, Predicate<String> mayFollow) {
        boolean isCertain = false;
        for (String field : List.of("when", "withParam", "withSequence")) {
            boolean isEvaluated =
                    field.equals("when") || Json.text(member, "when").isBlank();
            TemplateCall call =
                    field.equals("when") ? memberCall : memberCall.withCertainty(decision.of(memberCall.certainty()));
            boolean waits = run.version.has(Behaviour.WAITS_FOR_VALUES);
            for (TagFinder.Tag tag : TagFinder.of(FieldPath.field(memberCall.path(), field), member.path(field))) {
                Optional<Absence> absent = usedAbsence(
                                tag.name(), other -> isEvaluated && waits && mayFollow.test(other))
                        .filter(each -> waits || tag.isDecided());
                absent.ifPresent(each -> report(call, tag, each, /* decidesExecution= */ true));
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
                    reportArgument(member, use, memberCall, each);
                } else {
                    reportExpression(use, memberCall, each);
                }
            });
        }
        reportArtifacts(member, uses.artifacts(), memberCall, mayFollow);
    }

    /** Reports the absent outputs that an exit hook uses. Other variables are not substituted in the hook. */
    void reportUsesInHook(JsonNode hook, TemplateCall memberCall) {
        UsedVariables uses = UsedVariables.of(hook, memberCall.path(), absentOutputs.isInDag());
        reportUses(
                hook,
                new UsedVariables(
                        uses.variables().stream()
                                .filter(use -> absentOutputs.isAbsentOptional(use.variable()))
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
        DocumentField volumes = run.mergedWorkflow.field("volumes");
        for (TagFinder.Tag tag : TagFinder.of(volumes.path(), run.spec().path("volumes"))) {
            if (absentOutputs.isAbsentOptional(tag.name()) && isBefore.test(absentOutputs.owner(tag.name()))) {
                usedAbsence(tag.name(), other -> false)
                        .ifPresent(absent ->
                                report(memberCall.withLocation(volumes), tag, absent, /* decidesExecution= */ false));
            }
        }
    }

    /**
     * Reports an argument that uses an absent output. If the argument consists of that variable alone, Argo drops it
     * and uses the input's default.
     */
    private void reportArgument(JsonNode member, UsedVariables.Use use, TemplateCall memberCall, Absence absent) {
        JsonNode argument = findArgument(memberCall, use.tag());
        if (!absentOutputs.isAbsentOptional(use.variable()) || !AbsentOutputs.isSingleVariable(argument)) {
            report(memberCall, use.tag(), absent, /* decidesExecution= */ false);
        } else if (!absentOutputs.isDropped(member, argument)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    withCondition(
                            memberCall.withLocation(
                                    memberCall.document(), use.tag().path()),
                            absent),
                    "inputs.parameters." + Json.text(argument, "name") + ": argument references an absent optional: "
                            + absent.reason() + ", and neither {{" + use.variable() + "}} nor the input has a default");
        }
    }

    /** Returns the argument whose value contains the tag; a MissingNode for another field. */
    private static JsonNode findArgument(TemplateCall memberCall, TagFinder.Tag tag) {
        return tag.path().startsWith(memberCall.path() + ".arguments.parameters[")
                ? FieldPath.at(memberCall.document().root(), tag.path().replaceFirst("\\.value$", ""))
                : MissingNode.getInstance();
    }

    private void reportExpression(UsedVariables.Use use, TemplateCall memberCall, Absence absent) {
        String shown = "{{=" + use.tag().name() + "}}";
        boolean isGuarded = use.form() == UsedVariables.Form.GUARDED && run.version.has(Behaviour.GUARDED_VARIABLES);
        String error = "";
        if (absentOutputs.isAbsentOptional(use.variable())) {
            error = use.form() == UsedVariables.Form.WHOLE ? "failed to evaluate expression " : "";
        } else if (isGuarded) {
            int outputsIndex = use.variable().indexOf(OUTPUTS);
            boolean hasNoOutputs = outputsIndex >= 0
                    && absentOutputs
                            .outputs(absentOutputs.owner(use.variable()))
                            .isEmpty();
            error = hasNoOutputs
                    ? "cannot fetch "
                            + use.variable()
                                    .substring(outputsIndex + OUTPUTS.length())
                                    .replaceFirst("\\..*", "")
                            + " from <nil> in "
                    : "";
        } else {
            report(memberCall, use.tag(), absent, /* decidesExecution= */ false);
        }
        if (!error.isEmpty()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    withCondition(
                            memberCall.withLocation(
                                    memberCall.document(), use.tag().path()),
                            absent),
                    error + shown + ": " + absent.reason());
        }
    }

    private Optional<Absence> usedAbsence(String variable, Predicate<String> mayFollow) {
        return absentOutputs
                .findAbsenceInText(variable)
                .filter(each -> each.isSure() || mayFollow.test(absentOutputs.owner(variable)));
    }

    private void reportArtifacts(
            JsonNode member, JsonNode arguments, TemplateCall memberCall, Predicate<String> mayFollow) {
        for (int i = 0; i < arguments.size(); i++) {
            JsonNode argument = arguments.get(i);
            String name = AbsentOutputs.variable(Json.text(argument, "from"));
            String input = Json.text(argument, "name");
            if (argument.path("optional").asBoolean()) {
                continue;
            }
            TemplateCall field = memberCall.withLocation(
                    memberCall.document(), memberCall.path() + ".arguments.artifacts[" + i + "]");
            usedAbsence(name, mayFollow)
                    .filter(each -> !absentOutputs.isEmptyArtifact(name) || isNeeded(member, input))
                    .ifPresent(each -> run.problem(
                            Problem.Kind.REFUSED,
                            withCondition(field, each),
                            absentOutputs.isEmptyArtifact(name)
                                    ? "inputs.artifacts." + input + " missing location information: " + each.reason()
                                    : unresolvedMessage(name, each.reason())));
            reportUnwritten(name, field);
        }
    }

    private boolean isNeeded(JsonNode member, String artifact) {
        JsonNode input =
                FrozenJson.named(absentOutputs.template(member).path("inputs").path("artifacts"), artifact);
        return !input.isMissingNode() && !input.path("optional").asBoolean() && !Locations.hasLocationOrKey(input);
    }

    /** Reports an optional artifact that its step or task does not have to write, where the artifact is required. */
    private void reportUnwritten(String artifact, TemplateCall field) {
        if (absentOutputs.isOptional(artifact) && !absentOutputs.isCertainlyAbsent(artifact)) {
            Condition missing =
                    new Condition(Condition.Kind.WHEN, absentOutputs.owner(artifact) + " does not write " + artifact);
            run.problem(
                    Problem.Kind.REFUSED,
                    field.withCertainty(field.certainty().when(missing)),
                    unresolvedMessage(artifact, "it is optional where it is written, and not where it is used"));
        }
    }

    /** Reports outputs of the template itself that are taken from absent outputs. */
    void reportOutputs(JsonNode outputs, TemplateCall call) {
        for (String field : List.of("parameters", "artifacts")) {
            for (int i = 0; i < outputs.path(field).size(); i++) {
                JsonNode output = outputs.path(field).get(i);
                String name = AbsentOutputs.variable(
                        field.equals("parameters")
                                ? Json.text(output, "valueFrom", "parameter")
                                : Json.text(output, "from"));
                boolean isNotRequired =
                        output.path("optional").asBoolean() || Json.has(output.path("valueFrom"), "default");
                Optional<Absence> absent =
                        isNotRequired || field.equals("artifacts") && absentOutputs.isEmptyArtifact(name)
                                ? Optional.empty()
                                : absentOutputs.findAbsence(name);
                TemplateCall memberCall =
                        call.withLocation(call.document(), FieldPath.element(call.path() + ".outputs." + field, i));
                if (!isNotRequired) {
                    reportUnwritten(name, memberCall);
                }
                if (absent.isPresent()) {
                    run.problem(
                            Problem.Kind.REFUSED,
                            withCondition(memberCall, absent.get()),
                            unresolvedMessage(name, absent.get().reason()));
                }
            }
        }
    }

    /** Returns a call for the case that the outputs are absent. */
    private static TemplateCall withCondition(TemplateCall call, Absence absent) {
        Certainty certainty = call.certainty();
        return absent.condition() == null ? call : call.withCertainty(certainty.when(absent.condition()));
    }

    private static String unresolvedMessage(String variable, String reason) {
        return "Unable to resolve {{" + variable + "}}: " + reason;
    }

    private void report(TemplateCall memberCall, TagFinder.Tag tag, Absence absent, boolean decidesExecution) {
        if (tag.name().contains("." + AbsentOutputs.ARTIFACTS)) {
            return;
        }
        TemplateCall field = withCondition(memberCall.withLocation(memberCall.document(), tag.path()), absent);
        String reason = "failed to resolve {{" + tag.name() + "}}: " + absent.reason();
        if (absentOutputs.isAbsentOptional(tag.name())) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    "unable to substitute {{" + tag.name() + "}}: output is an absent optional: " + absent.reason()
                            + ", and the output has no default");
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES) && AbsentOutputs.OWN_NAMES.contains(tag.name())) {
            run.reportAbsent(
                    Problem.Kind.TOO_EARLY, field, Problem.Thing.OWN_NAME, tag.name(), Problem.Message.of(reason));
        } else if (run.version.has(Behaviour.WAITS_FOR_VALUES)) {
            run.problem(Problem.Kind.TOO_EARLY, field, reason);
        } else if (decidesExecution) {
            run.problem(Problem.Kind.REFUSED, field, reason + ", and the tag stays in the text");
        }
    }
}
