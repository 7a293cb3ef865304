package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expansion.MistypedExpressions;
import io.jenkins.plugins.argopreflight.engine.argo.expansion.TemplateSimulator;
import io.jenkins.plugins.argopreflight.engine.argo.expansion.UnreadExpressions;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.argo.pod.AgentPod;
import io.jenkins.plugins.argopreflight.engine.argo.pod.ArtifactGc;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodCollector;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Hooks;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TemplateLookup;
import io.jenkins.plugins.argopreflight.engine.argo.validation.Validation;
import io.jenkins.plugins.argopreflight.engine.argo.validation.VariableRules;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The pods that Argo will create for a workflow, and the problems that keep some of them from being reported.
 *
 * @param pods distinct pods, in the order in which the workflow reaches them
 * @param together the pods that run at the same time
 */
public record ArgoPods(List<ArgoPod> pods, List<Problem> problems, Concurrency together) {

    private static final int MAX_NAME = 63;

    public ArgoPods {
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
    }

    /** Creates a result in which no pods run at the same time. */
    public ArgoPods(List<ArgoPod> pods, List<Problem> problems) {
        this(pods, problems, Concurrency.NONE);
    }

    /**
     * Simulates the workflow from its entrypoint, exit handlers and hooks, as the controller of that version does. If
     * the budget of the run is used up, the result has the pods that were found until then, and a problem.
     */
    public static ArgoPods of(PodRequest request) {
        List<Problem> problems = List.of();
        List<ArgoPod> podsSoFar = List.of();
        try {
            Simulation run = new Simulation(request);
            problems = run.problems();
            PodCollector pods = new PodCollector(run);
            try {
                return simulate(run, pods);
            } finally {
                podsSoFar = pods.pods();
            }
        } catch (OverBudget e) {
            return partial(request, podsSoFar, problems, e.getMessage());
        } catch (StackOverflowError e) {
            return partial(request, podsSoFar, problems, "it is nested too deeply");
        }
    }

    private static ArgoPods partial(PodRequest request, List<ArgoPod> pods, List<Problem> problems, String reason) {
        List<Problem> all = new ArrayList<>(problems);
        all.add(new Problem(
                Problem.Kind.BOUNDED,
                request.workflow(),
                "",
                "only a part of the workflow was processed, with " + pods.size() + " distinct pods: " + reason));
        return new ArgoPods(pods, all);
    }

    private static ArgoPods simulate(Simulation run, PodCollector pods) {
        PodRequest request = run.request;
        TemplateLookup lookup = new TemplateLookup(run);
        TemplateSimulator simulator = new TemplateSimulator(run, pods, lookup);
        JsonNode spec = run.spec();
        DocumentField submitted = new DocumentField(
                request.workflow(), run.mergedWorkflow.submitted().specPath());
        TemplateCall workflowCall = topLevelCall(run, "", callOf(""), submitted);
        if (!run.mergedWorkflow.isResolved()
                || run.artifacts.isMissing()
                || !run.locks.isAvailable(
                        spec, workflowCall, workflowCall.withLocation(run.mergedWorkflow.field("synchronization")))
                || isNameTooLong(run, workflowCall)) {
            return new ArgoPods(List.of(), run.problems());
        }
        Validation.of(run);
        VariableRules.check(run, lookup);
        ConcurrentPods widest = ConcurrentPods.NONE;
        String entrypoint = Json.text(spec, "entrypoint");
        boolean isTemplate = request.workflow().kind().endsWith("WorkflowTemplate");
        if (!entrypoint.isEmpty()) {
            widest = simulator
                    .execute(topLevelCall(
                            run, run.workflowName, callOf(entrypoint), run.mergedWorkflow.field("entrypoint")))
                    .pods();
        } else if (!isTemplate) {
            run.refuse(workflowCall, run.missing(request.workflow(), "entrypoint", ""), "spec.entrypoint is required");
        }
        if (entrypoint.isEmpty() && isTemplate) {
            Set<String> checkedElsewhere =
                    request.library().map(PodRequest.Library::usedByOthers).orElse(Set.of());
            executeTemplates(
                    run,
                    simulator,
                    name -> checkedElsewhere.contains(name)
                            ? null
                            : new Condition(Condition.Kind.CALLER, "a workflow refers to template " + name));
        } else if (run.mergedWorkflow.holder().template(entrypoint).isEmpty()) {
            Set<String> called = Set.copyOf(spec.path("templates").findValuesAsText("template"));
            executeTemplates(
                    run,
                    simulator,
                    name -> called.contains(name)
                            ? null
                            : new Condition(Condition.Kind.ENTRYPOINT, "the entrypoint leads to template " + name));
        }
        hooks(run, simulator);
        JsonNode exit = Hooks.exit(spec, spec);
        if (exit.isObject()) {
            DocumentField field = run.mergedWorkflow.field(Json.has(spec, "onExit") ? "onExit" : "hooks.exit");
            simulator.execute(
                    topLevelCall(run, run.workflowName + ".onExit", exit, field).asExitHandler());
        }
        pods.agentCertainty()
                .map(certainty -> topLevelCall(run, run.workflowName + " agent", callOf(""), submitted)
                        .withCertainty(certainty))
                .ifPresent(call -> new AgentPod(run, pods, call).create());
        new ArtifactGc(run, pods).create();
        return new ArgoPods(
                pods.pods(),
                run.problems(),
                pods.concurrency(widest.limited(spec.path("parallelism").asLong())));
    }

    private static boolean isNameTooLong(Simulation run, TemplateCall workflowCall) {
        int length = run.workflowName.length();
        boolean isTooLong = length > MAX_NAME && !UnknownMarks.isIn(run.workflowName);
        if (isTooLong) {
            run.problem(
                    Problem.Kind.REFUSED,
                    workflowCall,
                    "invalid spec: workflow name \"" + run.workflowName + "\" must not be more than " + MAX_NAME
                            + " characters long (currently " + length + ")");
        }
        return isTooLong;
    }

    private static ObjectNode callOf(String template) {
        return Json.object().put("template", template);
    }

    /**
     * Executes the templates one by one, as if callers reached them.
     *
     * @param conditionOf returns the condition under which a template is called, or null to skip it
     */
    private static void executeTemplates(
            Simulation run, TemplateSimulator simulator, Function<String, Condition> conditionOf) {
        for (JsonNode templateNode : run.spec().path("templates")) {
            String name = Json.text(templateNode, "name");
            Condition condition = conditionOf.apply(name);
            Optional<TemplateHolder.Found> template =
                    run.mergedWorkflow.holder().template(name);
            if (condition != null && template.isPresent()) {
                simulator.execute(topLevelCall(
                                run,
                                run.workflowName + "." + name,
                                callOf(name),
                                new DocumentField(
                                        template.get().document(),
                                        template.get().path()))
                        .withCertainty(Certainty.ONCE.when(condition)));
            }
        }
    }

    private static void hooks(Simulation run, TemplateSimulator simulator) {
        run.spec().path("hooks").properties().forEach(hook -> {
            if (hook.getKey().equals("exit")) {
                return;
            }
            String expression = Json.text(hook.getValue(), "expression");
            String name = "hooks." + hook.getKey();
            TemplateCall call = topLevelCall(
                    run,
                    run.workflowName + "." + name,
                    hook.getValue(),
                    run.mergedWorkflow.field(FieldPath.field("hooks", hook.getKey())));
            new UnreadExpressions(run).hook(call, expression, MissingNode.getInstance(), "");
            new MistypedExpressions(run, run.globals).hook(call, expression);
            Decision decision = Decision.ofWorkflowHook(expression, run.globals);
            if (!decision.isNever()) {
                Certainty certainty = decision.of(Certainty.ONCE.withTolerance(Tolerance.HOOK));
                simulator.execute(call.withCertainty(certainty));
            }
        });
    }

    private static TemplateCall topLevelCall(Simulation run, String nodeName, JsonNode call, DocumentField at) {
        JsonNode arguments =
                call.has("arguments") || !call.has("template") || at.path().contains(".hooks")
                        ? call.path("arguments")
                        : run.spec().path("arguments");
        return new TemplateCall(nodeName, call, "steps", run.mergedWorkflow.holder(), at, arguments);
    }
}
