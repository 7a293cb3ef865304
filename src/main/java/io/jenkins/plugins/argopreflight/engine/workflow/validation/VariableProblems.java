package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Submitted;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tags of a template that do not resolve. Source: argo-workflows workflow/validate/validate.go (resolveAllVariables). */
final class VariableProblems {

    /** Argo's validation knows it once it has come to {@code onExit}; an exit hook does not count as one. */
    static final String FAILURES = "workflow.failures";

    private static final Pattern INPUT =
            Pattern.compile("(?s)(.*\\.inputs)\\.(parameters|artifacts)\\[(\\d{1,6})](.*)");

    /** A variable that an object declares: a parameter of the workflow, an input, or the output of a step or task. */
    private static final Pattern DECLARED = Pattern.compile(
            "(?<of>workflow\\.(?=parameters\\.)|inputs\\.|(?:steps|tasks)\\.(?<node>[-\\w]+)\\.outputs\\.)"
                    + "(?<kind>parameters|artifacts)\\.(?<own>[-\\w]+)(?:\\.path)?");

    private final WalkState run;
    private final Submitted submitted;
    private final VariableScope globals;

    /** @param globals the variables of the workflow; more come as its templates are followed */
    VariableProblems(WalkState run, VariableScope globals) {
        this.run = run;
        this.submitted = run.exec.submitted();
        this.globals = globals;
    }

    void resolve(TemplatePlace place, String path, JsonNode tree, VariableScope scope) {
        resolve(place, path, tree, scope, tag -> false);
    }

    /** @param isEarly whether the value is not there yet when Argo substitutes it */
    void resolve(TemplatePlace place, String path, JsonNode tree, VariableScope scope, Predicate<TagWalk.Tag> isEarly) {
        String what = "templates." + Json.text(place.template(), "name");
        Set<TagWalk.Tag> seen = new HashSet<>();
        new ExpressionRules(place.document(), run.problems).tags(path, what, tree);
        for (TagWalk.Tag tag : TagWalk.of(path, tree)) {
            boolean known = has(tag, scope);
            boolean hook = tag.path().startsWith(path + ".hooks") || tag.path().startsWith(path + ".onExit");
            if (known && !hook && isEarly.test(tag) && seen.add(tag)) {
                String why = " uses {{" + tag.name() + "}} before it exists";
                report(early(tag), place.document(), tag.path(), what + why);
            } else if (!known && scope.isOfDaemon(tag.name()) && seen.add(tag)) {
                String why = " uses {{" + tag.name() + "}}, and a daemon has no outputs while it runs";
                report(Problem.Kind.TOO_EARLY, place.document(), tag.path(), what + why);
            } else if (!known && !isReportedElsewhere(place, tag) && seen.add(tag)) {
                String why =
                        isOfNoLoop(tag, tree) ? ": withParam is empty, so there are no items" : near(tag.name(), scope);
                refuse(place, tag.path(), argument(place, tag), what, tag.name(), why);
            } else if (known) {
                held(place, tag, scope).filter(each -> seen.add(tag)).ifPresent(name -> {
                    String parameter = tag.name().replaceFirst("^\\w+\\.parameters\\.?", "");
                    Optional<String> given = argument("parameters", parameter).map(at -> at + ".value");
                    String why = ", which is in the value of " + tag.name() + near(name, scope);
                    refuse(place, tag.path(), given, what, name, why);
                });
            }
        }
    }

    /** Returns what becomes of a value that is not there yet: Argo waits for it, or leaves the tag in the text. */
    private Problem.Kind early(TagWalk.Tag tag) {
        if (run.version.has(Behaviour.WAITS_FOR_VALUES)) {
            return Problem.Kind.TOO_EARLY;
        }
        boolean isRefused = tag.isDecided() || tag.name().contains(".outputs.artifacts.");
        return isRefused ? Problem.Kind.REFUSED : Problem.Kind.LITERAL;
    }

    private void refuse(
            TemplatePlace place, String path, Optional<String> argument, String what, String name, String why) {
        Problem problem = new Problem(
                Problem.Kind.REFUSED,
                argument.isEmpty() ? place.document() : submitted.document(),
                argument.orElse(path),
                what + ": failed to resolve {{" + name + "}}" + why);
        SuppliedInputs.add(problem.because(missing(place, name)), run.problems);
    }

    /** The variable that does not resolve, as what is not there: where it would be declared, or in this template. */
    private Missing missing(TemplatePlace place, String name) {
        Matcher declared = DECLARED.matcher(name);
        if (!declared.matches()) {
            return Missing.field(place.document(), place.path(), name);
        }
        String own = declared.group("own");
        if (declared.group("of").equals("workflow.")) {
            return submitted.parameter(own);
        }
        if (declared.group("of").equals("inputs.")) {
            return Missing.field(place.document(), place.path() + ".inputs." + declared.group("kind"), own);
        }
        return called(place, declared.group("node"))
                .map(found -> Missing.field(found.document(), found.path() + ".outputs." + declared.group("kind"), own))
                .orElseGet(() -> Missing.field(place.document(), place.path(), name));
    }

    /** The template that a step or task of this one calls by its name alone. */
    private static Optional<TemplateHolder.Found> called(TemplatePlace place, String node) {
        List<JsonNode> nodes = new ArrayList<>();
        place.template().path("steps").forEach(group -> group.forEach(nodes::add));
        place.template().path("dag").path("tasks").forEach(nodes::add);
        Budget.current().charge(Limit.WORK, nodes.size());
        return nodes.stream()
                .filter(each -> Json.text(each, "name").equals(node) && !each.has("templateRef"))
                .findFirst()
                .flatMap(each -> place.base().template(Json.text(each, "template")));
    }

    /** The first variable in the value of a parameter that does not resolve where the parameter is used. */
    private Optional<String> held(TemplatePlace place, TagWalk.Tag tag, VariableScope scope) {
        List<String> held = place.values().variables(tag.name());
        Budget.current().charge(Limit.WORK, held.size());
        return held.stream()
                .filter(each -> !scope.has(each) && !globals.has(each))
                .findFirst();
    }

    private static boolean isOfNoLoop(TagWalk.Tag tag, JsonNode step) {
        return tag.name().startsWith("item.")
                && !Loops.isLoop(step)
                && step.path("withParam").asText("-").isEmpty();
    }

    private String near(String name, VariableScope scope) {
        if (name.equals(FAILURES)) {
            return ", which Argo knows with spec.onExit only, also where spec.hooks.exit names the exit handler";
        }
        Set<String> names = new LinkedHashSet<>(scope.names());
        names.addAll(globals.names());
        return Nearest.toVariable(name, names)
                .map(each -> "; did you mean {{" + each + "}}?")
                .orElse("");
    }

    /** The check undeclared-input reports inputs of the templates that were given. */
    private boolean isReportedElsewhere(TemplatePlace place, TagWalk.Tag tag) {
        return tag.name().matches("inputs\\.(parameters|artifacts)\\.[-\\w]+(\\.path)?")
                && place.document().equals(run.request.workflow())
                && tag.path().startsWith(place.path() + ".")
                && !tag.path().contains(".inline")
                && !tag.path().startsWith(place.path() + ".inputs.");
    }

    private void report(Problem.Kind kind, Document document, String path, String message) {
        SuppliedInputs.add(new Problem(kind, document, path, message), run.problems);
    }

    /** Where the workflow's argument is written that puts a tag into an input; empty for one of the template. */
    private Optional<String> argument(TemplatePlace place, TagWalk.Tag tag) {
        Matcher field = INPUT.matcher(tag.path());
        if (!field.matches() || !field.group(1).equals(place.path() + ".inputs")) {
            return Optional.empty();
        }
        String kind = field.group(2);
        JsonNode input = place.filled().path("inputs").path(kind).path(Integer.parseInt(field.group(3)));
        return Inputs.isOfArgument(kind, field.group(4))
                ? argument(kind, Json.text(input, "name")).map(at -> at + field.group(4))
                : Optional.empty();
    }

    private Optional<String> argument(String kind, String name) {
        JsonNode arguments = submitted.spec().path("arguments").path(kind);
        Budget.current().charge(Limit.WORK, arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            if (Json.text(arguments.path(i), "name").equals(name)) {
                return Optional.of(FieldPath.element(submitted.specPath() + ".arguments." + kind, i));
            }
        }
        return Optional.empty();
    }

    /** What a pod's template declares for inputs to which no argument is given, and Argo does not look at. */
    void values(TemplatePlace place) {
        if (!TemplateType.of(place.template()).isLeaf()) {
            return;
        }
        String what = "templates." + Json.text(place.template(), "name");
        Set<String> seen = new HashSet<>();
        InputValues.declared(place.path(), place.template(), place.given()).forEach((path, value) -> {
            for (TagWalk.Tag tag : TagWalk.of(path, value)) {
                // Known only when every template has been looked at, or to hooks.
                boolean later =
                        tag.name().startsWith("workflow.outputs.") || tag.name().equals(FAILURES);
                if (!later && !has(tag, place.scope()) && seen.add(tag.name())) {
                    String why = ": {{" + tag.name() + "}} has no value" + near(tag.name(), place.scope());
                    Problem problem = new Problem(Problem.Kind.LITERAL, place.document(), tag.path(), what + why);
                    SuppliedInputs.add(problem.because(missing(place, tag.name())), run.problems);
                }
            }
        });
    }

    private boolean has(TagWalk.Tag tag, VariableScope scope) {
        return scope.has(tag.name()) || globals.has(tag.name());
    }
}
