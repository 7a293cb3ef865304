package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Submitted;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
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

    private static final Pattern INPUT = Pattern.compile("(.*\\.inputs)\\.(parameters|artifacts)\\[(\\d{1,6})](.*)");

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
                report(Problem.Kind.TOO_EARLY, place, tag, what + " uses {{" + tag.name() + "}} before it exists");
            } else if (!known && scope.isOfDaemon(tag.name()) && seen.add(tag)) {
                String why = " uses {{" + tag.name() + "}}, and a daemon has no outputs while it runs";
                report(Problem.Kind.TOO_EARLY, place, tag, what + why);
            } else if (!known && !isReportedElsewhere(place, tag) && seen.add(tag)) {
                report(
                        Problem.Kind.REFUSED,
                        place,
                        tag,
                        what + ": failed to resolve {{" + tag.name() + "}}"
                                + (isOfNoLoop(tag, tree)
                                        ? ": withParam is empty, so there are no items"
                                        : near(tag.name(), scope)));
            } else if (known) {
                held(place, tag, scope)
                        .filter(each -> seen.add(tag))
                        .ifPresent(name -> report(
                                Problem.Kind.REFUSED,
                                place,
                                tag,
                                what + ": failed to resolve {{" + name + "}}, which is in the value of " + tag.name()
                                        + near(name, scope)));
            }
        }
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
                && !tag.path().contains(".inline")
                && !tag.path().startsWith(place.path() + ".inputs.");
    }

    private void report(Problem.Kind kind, TemplatePlace place, TagWalk.Tag tag, String message) {
        Optional<String> argument = argument(place, tag);
        Document document = argument.isEmpty() ? place.document() : submitted.document();
        String path = argument.orElse(tag.path());
        SuppliedInputs.add(new Problem(kind, document.locate(path), path, message), run.problems);
    }

    /** Where the workflow's argument is written that puts it into an input. */
    private Optional<String> argument(TemplatePlace place, TagWalk.Tag tag) {
        String inputs = place.path() + ".inputs";
        Matcher input = INPUT.matcher(tag.path());
        boolean isInput = input.matches() && input.group(1).equals(inputs);
        if (!isInput || TagWalk.of(inputs, place.template().path("inputs")).contains(tag)) {
            return Optional.empty();
        }
        String kind = input.group(2);
        JsonNode filled = place.filled().path("inputs").path(kind).path(Integer.parseInt(input.group(3)));
        List<String> names = Objects.names(submitted.spec().path("arguments").path(kind));
        int index = names.indexOf(Json.text(filled, "name"));
        String list = submitted.specPath() + ".arguments." + kind;
        return index < 0 ? Optional.empty() : Optional.of(FieldPath.element(list, index) + input.group(4));
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
                    report(Problem.Kind.LITERAL, place, tag, what + why);
                }
            }
        });
    }

    private boolean has(TagWalk.Tag tag, VariableScope scope) {
        return scope.has(tag.name()) || globals.has(tag.name());
    }
}
