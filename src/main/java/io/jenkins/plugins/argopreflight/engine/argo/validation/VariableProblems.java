package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.SubmittedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A check for tags of a template that do not resolve. Source: argo-workflows workflow/validate/validate.go
 * (resolveAllVariables).
 */
final class VariableProblems {

    /** The variable that Argo's validation knows after it has checked {@code onExit}, but not after an exit hook. */
    static final String FAILURES = "workflow.failures";

    /**
     * Pattern of a field of an input, with the kind of input as group 2, its index as group 3, and the field as group
     * 4.
     */
    private static final Pattern INPUT =
            Pattern.compile("(?s)(.*\\.inputs)\\.(parameters|artifacts)\\[(\\d{1,6})](.*)");

    /**
     * Pattern of a variable that an object declares: a parameter of the workflow, an input, or the output of a step or
     * task.
     */
    private static final Pattern DECLARED = Pattern.compile(
            "(?<of>workflow\\.(?=parameters\\.)|inputs\\.|(?:steps|tasks)\\.(?<node>[-\\w]+)\\.outputs\\.)"
                    + "(?<kind>parameters|artifacts)\\.(?<own>[-\\w]+)(?:\\.path)?");

    private final Simulation run;
    private final SubmittedWorkflow submitted;
    private final VariableScope globals;

    /**
     * Creates a check for one workflow.
     *
     * @param globals variables of the workflow; its templates add variables during the validation
     */
    VariableProblems(Simulation run, VariableScope globals) {
        this.run = run;
        this.submitted = run.mergedWorkflow.submitted();
        this.globals = globals;
    }

    void resolve(ValidatedTemplate context, String path, JsonNode tree, VariableScope scope) {
        resolve(context, path, tree, scope, tag -> false);
    }

    /**
     * Reports the tags in a tree that do not resolve, or not yet.
     *
     * @param isEarly returns whether the value of a tag does not exist yet when Argo substitutes the tag
     */
    void resolve(
            ValidatedTemplate context,
            String path,
            JsonNode tree,
            VariableScope scope,
            Predicate<TagFinder.Tag> isEarly) {
        String label = "templates." + Json.text(context.template(), "name");
        Set<TagFinder.Tag> reported = new HashSet<>();
        new ExpressionRules(context.document(), run::addIfAbsent).tags(path, label, tree);
        for (TagFinder.Tag tag : TagFinder.of(path, tree)) {
            boolean isKnown = has(tag, scope);
            boolean isInHook =
                    tag.path().startsWith(path + ".hooks") || tag.path().startsWith(path + ".onExit");
            if (isKnown && !isInHook && isEarly.test(tag) && reported.add(tag)) {
                String reason = " uses {{" + tag.name() + "}} before it exists";
                report(kindOfEarlyUse(tag), context.document(), tag.path(), label + reason);
            } else if (!isKnown && scope.isOfDaemon(tag.name()) && reported.add(tag)) {
                String reason = " uses {{" + tag.name() + "}}, and a daemon has no outputs while it runs";
                report(Problem.Kind.TOO_EARLY, context.document(), tag.path(), label + reason);
            } else if (!isKnown && !isReportedElsewhere(context, tag) && reported.add(tag)) {
                String reason = isOfNoLoop(tag, tree)
                        ? ": withParam is empty, so there are no items"
                        : suggestion(tag.name(), scope);
                refuse(context, tag.path(), argumentPath(context, tag), label, tag.name(), reason);
            } else if (isKnown) {
                unresolvedInValue(context, tag, scope)
                        .filter(each -> reported.add(tag))
                        .ifPresent(name -> {
                            String parameter = tag.name().replaceFirst("^\\w+\\.parameters\\.?", "");
                            Optional<String> argument =
                                    argumentPath("parameters", parameter).map(at -> at + ".value");
                            String reason = ", which is in the value of " + tag.name() + suggestion(name, scope);
                            refuse(context, tag.path(), argument, label, name, reason);
                        });
            }
        }
    }

    /** Returns the consequence of a value that does not exist yet: Argo waits for it, or leaves the tag in the text. */
    private Problem.Kind kindOfEarlyUse(TagFinder.Tag tag) {
        if (run.version.has(Behaviour.WAITS_FOR_VALUES)) {
            return Problem.Kind.TOO_EARLY;
        }
        boolean isRefused = tag.isDecided() || tag.name().contains(".outputs.artifacts.");
        return isRefused ? Problem.Kind.REFUSED : Problem.Kind.LITERAL;
    }

    private void refuse(
            ValidatedTemplate context,
            String path,
            Optional<String> argument,
            String label,
            String name,
            String reason) {
        Problem problem = new Problem(
                Problem.Kind.REFUSED,
                argument.isEmpty() ? context.document() : submitted.document(),
                argument.orElse(path),
                label + ": failed to resolve {{" + name + "}}" + reason);
        run.addIfAbsent(problem.because(missing(context, name)));
    }

    /**
     * Returns the absence that keeps a variable from being resolved: in the object that should declare the variable, or
     * else in this template.
     */
    private Missing missing(ValidatedTemplate context, String name) {
        Matcher declared = DECLARED.matcher(name);
        if (!declared.matches()) {
            return Missing.field(context.document(), context.path(), name);
        }
        String ownName = declared.group("own");
        if (declared.group("of").equals("workflow.")) {
            return submitted.missingParameter(ownName);
        }
        if (declared.group("of").equals("inputs.")) {
            return Missing.field(context.document(), context.path() + ".inputs." + declared.group("kind"), ownName);
        }
        return findCalled(context, declared.group("node"))
                .map(found ->
                        Missing.field(found.document(), found.path() + ".outputs." + declared.group("kind"), ownName))
                .orElseGet(() -> Missing.field(context.document(), context.path(), name));
    }

    /** Returns the template that a step or task of this template calls by its name, without a templateRef. */
    private static Optional<TemplateHolder.Found> findCalled(ValidatedTemplate context, String node) {
        List<JsonNode> nodes = new ArrayList<>();
        context.template().path("steps").forEach(group -> group.forEach(nodes::add));
        context.template().path("dag").path("tasks").forEach(nodes::add);
        Budget.current().charge(Limit.WORK_UNITS, nodes.size());
        return nodes.stream()
                .filter(each -> Json.text(each, "name").equals(node) && !each.has("templateRef"))
                .findFirst()
                .flatMap(each -> context.base().template(Json.text(each, "template")));
    }

    /** Returns the first variable in the value of a parameter that does not resolve where the parameter is used. */
    private Optional<String> unresolvedInValue(ValidatedTemplate context, TagFinder.Tag tag, VariableScope scope) {
        List<String> variables = context.values().variables(tag.name());
        Budget.current().charge(Limit.WORK_UNITS, variables.size());
        return variables.stream()
                .filter(each -> !scope.has(each) && !globals.has(each))
                .findFirst();
    }

    /** Returns whether the tag is an item of a step whose {@code withParam} is empty. */
    private static boolean isOfNoLoop(TagFinder.Tag tag, JsonNode step) {
        return tag.name().startsWith("item.")
                && !Loops.isLoop(step)
                && step.path("withParam").asText("-").isEmpty();
    }

    private String suggestion(String name, VariableScope scope) {
        if (name.equals(FAILURES)) {
            return ", which Argo knows with spec.onExit only, also where spec.hooks.exit names the exit handler";
        }
        Set<String> names = new LinkedHashSet<>(scope.names());
        names.addAll(globals.names());
        return SimilarNames.similarVariable(name, names)
                .map(each -> "; did you mean {{" + each + "}}?")
                .orElse("");
    }

    /**
     * Returns whether the check undeclared-input reports the tag, as for inputs of the checked workflow's own
     * templates.
     */
    private boolean isReportedElsewhere(ValidatedTemplate context, TagFinder.Tag tag) {
        return tag.name().matches("inputs\\.(parameters|artifacts)\\.[-\\w]+(\\.path)?")
                && context.document().equals(run.request.workflow())
                && tag.path().startsWith(context.path() + ".")
                && !tag.path().contains(".inline")
                && !tag.path().startsWith(context.path() + ".inputs.");
    }

    private void report(Problem.Kind kind, Document document, String path, String message) {
        run.addIfAbsent(new Problem(kind, document, path, message));
    }

    /**
     * Returns the path of the workflow's argument that contains the tag of an input; empty if the template contains it.
     */
    private Optional<String> argumentPath(ValidatedTemplate context, TagFinder.Tag tag) {
        Matcher field = INPUT.matcher(tag.path());
        if (!field.matches() || !field.group(1).equals(context.path() + ".inputs")) {
            return Optional.empty();
        }
        String kind = field.group(2);
        JsonNode input = context.withArguments().path("inputs").path(kind).path(Integer.parseInt(field.group(3)));
        return Inputs.isReplacedByArgument(kind, field.group(4))
                ? argumentPath(kind, Json.text(input, "name")).map(at -> at + field.group(4))
                : Optional.empty();
    }

    private Optional<String> argumentPath(String kind, String name) {
        JsonNode arguments = submitted.spec().path("arguments").path(kind);
        Budget.current().charge(Limit.WORK_UNITS, arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            if (Json.text(arguments.path(i), "name").equals(name)) {
                return Optional.of(FieldPath.element(submitted.specPath() + ".arguments." + kind, i));
            }
        }
        return Optional.empty();
    }

    /** Checks the values that a pod's template declares for inputs without an argument, which Argo does not check. */
    void checkDeclaredValues(ValidatedTemplate context) {
        if (!TemplateType.of(context.template()).isLeaf()) {
            return;
        }
        String label = "templates." + Json.text(context.template(), "name");
        Set<String> reported = new HashSet<>();
        InputValues.declared(context.path(), context.template(), context.hasArgument())
                .forEach((path, value) -> {
                    for (TagFinder.Tag tag : TagFinder.of(path, value)) {
                        // These variables are known only after all templates were checked, or only to hooks.
                        boolean isKnownLater = tag.name().startsWith("workflow.outputs.")
                                || tag.name().equals(FAILURES);
                        if (!isKnownLater && !has(tag, context.scope()) && reported.add(tag.name())) {
                            String reason =
                                    ": {{" + tag.name() + "}} has no value" + suggestion(tag.name(), context.scope());
                            Problem problem =
                                    new Problem(Problem.Kind.LITERAL, context.document(), tag.path(), label + reason);
                            run.addIfAbsent(problem.because(missing(context, tag.name())));
                        }
                    }
                });
    }

    private boolean has(TagFinder.Tag tag, VariableScope scope) {
        return scope.has(tag.name()) || globals.has(tag.name());
    }
}
