package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pods that Argo will make for a workflow, and what keeps some of them from being told.
 *
 * @param pods distinct pods, in the order in which the workflow reaches them
 * @param together how many of which pods surely run at the same time, where most do
 */
public record ArgoPods(List<ArgoPod> pods, List<Problem> problems, Map<ArgoPod, Long> together) {

    private static final int MAX_NAME = 63;

    public ArgoPods {
        pods = List.copyOf(pods);
        problems = List.copyOf(problems);
    }

    /** Pods that nobody runs together. */
    public ArgoPods(List<ArgoPod> pods, List<Problem> problems) {
        this(pods, problems, Map.of());
    }

    /**
     * Follows the workflow from its entrypoint, exit handlers and hooks, as the controller of that version would. When
     * the budget of the run is used up, it reports the pods that were found until then, and a problem.
     */
    public static ArgoPods of(PodRequest request) {
        List<Problem> problems = List.of();
        List<ArgoPod> pods = List.of();
        try (Budget.Scope scope = Budget.ensure()) {
            Run run = new Run(request);
            problems = run.problems;
            try {
                return follow(run);
            } finally {
                pods = run.pods.pods();
            }
        } catch (OverBudget e) {
            return partial(request, pods, problems, e.getMessage());
        } catch (StackOverflowError e) {
            return partial(request, pods, problems, "it is nested too deeply");
        }
    }

    private static ArgoPods partial(PodRequest request, List<ArgoPod> pods, List<Problem> problems, String why) {
        List<Problem> all = new ArrayList<>(problems);
        all.add(new Problem(
                Problem.Kind.BOUNDED,
                request.workflow().locate(""),
                "",
                "only a part of the workflow was processed, with " + pods.size() + " distinct pods: " + why));
        return new ArgoPods(pods, all);
    }

    private static ArgoPods follow(Run run) {
        PodRequest request = run.request;
        Walker walker = new Walker(run);
        JsonNode spec = run.spec();
        String specPath = run.exec.submitted().specPath();
        Call whole = top(run, "", holder(""), specPath, false, Certainty.ONCE);
        if (!run.exec.isResolved()
                || run.artifacts.isMissing()
                || !Locks.available(run, spec, whole)
                || isNameTooLong(run, whole)) {
            return new ArgoPods(List.of(), run.problems);
        }
        Validation.of(run);
        VariableRules.check(run, walker);
        String entrypoint = Json.text(spec, "entrypoint");
        if (!entrypoint.isEmpty()) {
            walker.execute(
                    top(run, run.workflowName, holder(entrypoint), specPath + ".entrypoint", false, Certainty.ONCE));
        } else if (request.workflow().kind().endsWith("WorkflowTemplate")) {
            each(run, walker);
        } else {
            run.problem(
                    Problem.Kind.REFUSED,
                    top(run, "", holder(""), specPath, false, Certainty.ONCE),
                    "spec.entrypoint is required");
        }
        Peak widest = run.peak.limited(spec.path("parallelism").asLong());
        hooks(run, walker, specPath);
        JsonNode exit = Hooks.exit(spec, spec);
        if (exit.isObject()) {
            String path = specPath + (Json.has(spec, "onExit") ? ".onExit" : ".hooks.exit");
            walker.execute(top(run, run.workflowName + ".onExit", exit, path, true, Certainty.ONCE));
        }
        if (run.agentCertainty != null) {
            new AgentPod(run, top(run, run.workflowName + " agent", holder(""), specPath, false, run.agentCertainty))
                    .make();
        }
        new ArtifactGc(run).make();
        return new ArgoPods(run.pods.pods(), run.problems, widest.pods());
    }

    private static boolean isNameTooLong(Run run, Call whole) {
        int length = run.workflowName.length();
        boolean tooLong = length > MAX_NAME && !Unknowns.isUnknown(run.workflowName);
        if (tooLong) {
            run.problem(
                    Problem.Kind.REFUSED,
                    whole,
                    "invalid spec: workflow name \"" + run.workflowName + "\" must not be more than " + MAX_NAME
                            + " characters long (currently " + length + ")");
        }
        return tooLong;
    }

    private static ObjectNode holder(String template) {
        return Json.object().put("template", template);
    }

    /** A library of templates: each as a caller would reach it. */
    private static void each(Run run, Walker walker) {
        JsonNode templates = run.spec().path("templates");
        for (int i = 0; i < templates.size(); i++) {
            String name = Json.text(templates.get(i), "name");
            walker.execute(top(
                    run,
                    run.workflowName + "." + name,
                    holder(name),
                    "spec.templates[" + i + "]",
                    false,
                    Certainty.ONCE.when(
                            new Condition(Condition.Kind.CALLER, "a workflow refers to template " + name))));
        }
    }

    private static void hooks(Run run, Walker walker, String specPath) {
        run.spec().path("hooks").properties().forEach(hook -> {
            if (hook.getKey().equals("exit")) {
                return;
            }
            String expression = Json.text(hook.getValue(), "expression");
            Decision decision = Decision.ofWorkflowHook(expression, run.globals::get);
            if (!decision.isNever()) {
                Certainty certainty = decision.of(Certainty.ONCE.tolerating(Tolerance.HOOK));
                walker.execute(top(
                        run,
                        run.workflowName + ".hooks." + hook.getKey(),
                        hook.getValue(),
                        specPath + ".hooks." + hook.getKey(),
                        false,
                        certainty));
            }
        });
    }

    private static Call top(
            Run run, String nodeName, JsonNode holder, String path, boolean onExit, Certainty certainty) {
        JsonNode arguments = holder.has("arguments") || !holder.has("template") || path.contains(".hooks.")
                ? holder.path("arguments")
                : run.spec().path("arguments");
        return new Call(
                nodeName,
                holder,
                "steps",
                run.exec.holder(),
                run.request.workflow(),
                path,
                arguments,
                null,
                onExit,
                certainty,
                null);
    }
}
