package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodCollector;
import io.jenkins.plugins.argopreflight.engine.argo.pod.WorkloadPod;
import io.jenkins.plugins.argopreflight.engine.argo.template.ExecutedNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.MemoCache;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Scope;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TemplateLookup;
import io.jenkins.plugins.argopreflight.engine.argo.validation.Validation;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A simulator that executes templates as the controller does; source: argo-workflows workflow/controller/operator.go.
 */
public final class TemplateSimulator {

    /** Argo's limit of nested calls, maxAllowedStackDepth. */
    private static final int MAX_DEPTH = 100;

    private final Simulation run;
    private final PodCollector pods;
    private final TemplateLookup lookup;
    private final StepsExpansion steps;
    private final DagExpansion dag;
    private final LeafNodes leaves;

    public TemplateSimulator(Simulation run, PodCollector pods, TemplateLookup lookup) {
        this.run = run;
        this.pods = pods;
        this.lookup = lookup;
        this.steps = new StepsExpansion(run, this);
        this.dag = new DagExpansion(run, pods, this);
        this.leaves = new LeafNodes(run, pods);
    }

    /**
     * Simulates the node of a call and all nodes below. Returns an empty node if Argo does not run it, which is
     * reported.
     */
    public ExecutedNode execute(TemplateCall newCall) {
        if (!run.countNode(newCall)) {
            return ExecutedNode.NOTHING;
        }
        TemplateHolder base = lookup.base(newCall);
        Optional<TemplateHolder.Found> found = base == null ? Optional.empty() : lookup.find(newCall, base);
        if (base == null || found.isEmpty()) {
            return ExecutedNode.NOTHING;
        }
        TemplateCall call = withinLimits(newCall, base, found.get());
        if (call == null) {
            return ExecutedNode.NOTHING;
        }
        ObjectNode template = withDefaults(withPodMetadata(found.get().template(), base, call));
        TemplateType type = TemplateType.of(template);
        boolean isRetried = Json.isSet(template, "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        Scope localVariables = localVariables(call);
        boolean nameComesLater = run.version.has(Behaviour.RETRY_OF_DEFAULTS)
                ? isRetried
                : Json.isSet(found.get().template(), "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        if (type.isPod() && !nameComesLater) {
            localVariables.put("pod.name", podName(call.nodeName(), template));
        }
        ObjectNode processed = run.inputs.process(template, call, localVariables);
        new MistypedExpressions(run, Inputs.put(processed, localVariables.inner())).template(found.get(), call);
        TemplateCall field =
                call.withLocation(found.get().document(), found.get().path() + ".synchronization");
        if (!run.locks.isAvailable(processed, call, field)) {
            return ExecutedNode.NOTHING;
        }
        return executeProcessed(processed, new ResolvedTemplate(found.get(), base, template), call, isRetried);
    }

    /** Returns the template to which a step or task refers, as written; a MissingNode if it is not known. */
    JsonNode written(TemplateCall call) {
        return lookup.written(call);
    }

    /** Simulates a node whose inputs are set: its cache, the first attempt of its retries, and its content. */
    private ExecutedNode executeProcessed(
            ObjectNode template, ResolvedTemplate resolved, TemplateCall originalCall, boolean isRetried) {
        TemplateType type = TemplateType.of(resolved.template());
        ObjectNode processed = template;
        TemplateCall call = originalCall;
        String nodeName = call.nodeName();
        Optional<Condition> cached = Optional.empty();
        if (Json.isSet(processed, "memoize")) {
            if (!leaves.hasValidAge(resolved.found(), processed.path("memoize"), call)
                    || !MemoCache.isUsable(run, resolved.found(), processed.path("memoize"), call)) {
                return ExecutedNode.NOTHING;
            }
            cached = MemoCache.condition(run, processed.path("memoize"));
            call = call.withCertainty(cached.map(call.certainty()::when).orElse(call.certainty()));
        }
        if (isRetried) {
            nodeName = nodeName + "(0)";
            JsonNode strategy = (Json.isSet(processed, "retryStrategy") ? processed : run.spec()).path("retryStrategy");
            if (isRetriedOnError(strategy)) {
                Certainty certainty = call.certainty();
                call = call.withCertainty(
                        certainty.withTolerance(certainty.tolerance().refusalAsError()));
            }
            Scope retry = run.globals.inner();
            if (type.isPod()) {
                retry.put("pod.name", podName(nodeName, processed));
            }
            retry.put("retries", "0");
            if (run.version.has(Behaviour.LAST_RETRY_VALUES)) {
                retry.put("lastRetry.exitCode", "0").put("lastRetry.duration", "0");
                retry.put("lastRetry.status", "").put("lastRetry.message", "");
            }
            processed = run.inputs.substitute(processed, retry);
        }
        if (!leaves.hasValidTimes(resolved.found(), processed, call)) {
            return ExecutedNode.NOTHING;
        }
        ExecutedNode node = dispatch(
                type, new ResolvedTemplate(resolved.found(), resolved.base(), processed), call.withNodeName(nodeName));
        return type == TemplateType.STEPS && cached.isPresent() && !run.version.has(Behaviour.MEMOIZED_OUTPUTS)
                ? new ExecutedNode(
                        node.outputs().withAbsentInCache(resolved.template().path("outputs")), node.pods())
                : node;
    }

    /**
     * Returns whether a node that ends in Error is retried. Source: pkg/apis/workflow/v1alpha1 (RetryPolicyActual),
     * workflow/controller/operator.go (executeTemplate).
     */
    private static boolean isRetriedOnError(JsonNode strategy) {
        String policy = Json.text(strategy, "retryPolicy");
        return policy.isEmpty()
                ? !Json.text(strategy, "expression").isEmpty()
                : Set.of("Always", "OnError", "OnTransientError").contains(policy);
    }

    private ExecutedNode dispatch(TemplateType type, ResolvedTemplate resolved, TemplateCall call) {
        switch (type) {
            case STEPS:
                return steps.expand(resolved, call);
            case DAG:
                return dag.expand(resolved, call);
            case HTTP, PLUGIN:
                leaves.checkAgentNode(type, resolved, call);
                return ExecutedNode.withoutPods(
                        type == TemplateType.HTTP ? NodeOutputs.ofHttp(resolved.template()) : NodeOutputs.WITHOUT_POD);
            case SUSPEND:
                leaves.checkSuspend(resolved, call);
                return ExecutedNode.withoutPods(NodeOutputs.WITHOUT_POD);
            case NONE:
                // Validation reports other templates without a type, whether they are called or not.
                if (resolved.found().path().endsWith(".inline") || Json.isSet(run.spec(), "templateDefaults")) {
                    run.problem(
                            Problem.Kind.REFUSED, call, Validation.withoutType(Json.text(resolved.template(), "name")));
                }
                return ExecutedNode.NOTHING;
            default:
                return new WorkloadPod(run, pods, resolved, call, type).create();
        }
    }

    /**
     * Returns the call with its place in the chain of calls. If calls are nested too deeply, or a template calls itself
     * too often, reports a problem and returns null.
     */
    private @Nullable TemplateCall withinLimits(TemplateCall call, TemplateHolder base, TemplateHolder.Found found) {
        String key = base.scope() + "/" + found.path();
        TemplateCall.Frame frame = call.frame();
        int depth = frame == null ? 1 : frame.depth() + 1;
        int conditions = call.certainty().undecided();
        int earlierCalls = frame == null ? 0 : frame.countCalls(key);
        Certainty certainty = call.certainty();
        String name = Json.text(found.template(), "name");
        if (depth > MAX_DEPTH && earlierCalls == 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    Problem.Thing.TEMPLATE.message(name + " is called at a depth of more than " + MAX_DEPTH
                            + ": Argo stops with 'Maximum recursion depth exceeded'"));
            return null;
        }
        if (frame != null && earlierCalls > 0) {
            boolean isEndless = frame.conditionsOf(key) == conditions;
            if (depth > MAX_DEPTH) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call,
                        Problem.Thing.TEMPLATE.message(name
                                + " calls itself without an end: Argo stops with 'Maximum recursion depth exceeded' at "
                                + MAX_DEPTH));
                return null;
            }
            if (!isEndless && earlierCalls > 1) {
                run.problem(
                        Problem.Kind.ABRIDGED,
                        call,
                        Problem.Thing.TEMPLATE.message(
                                name + " calls itself; how often is known only at run time: two rounds were checked"));
                return null;
            }
            certainty = isEndless ? certainty : certainty.unknownTimes();
        }
        return call.withCertainty(certainty).withFrame(new TemplateCall.Frame(frame, key, depth, conditions));
    }

    private ObjectNode withPodMetadata(ObjectNode template, TemplateHolder base, TemplateCall call) {
        JsonNode additional = base.scope().isEmpty() ? run.spec().path("podMetadata") : base.podMetadata();
        if (!run.version.has(Behaviour.HOLDERS_POD_METADATA)
                || !additional.isObject()
                || Json.isSet(call.holder(), "inline")) {
            return template;
        }
        ObjectNode merged = template.objectNode();
        merged.setAll(template);
        ObjectNode ownMetadata = Json.copy(template.path("metadata"));
        merged.set(
                "metadata",
                run.version.has(Behaviour.OWN_METADATA_WINS)
                        ? StrategicMerge.merge(additional, ownMetadata, "")
                        : StrategicMerge.merge(ownMetadata, additional, ""));
        return merged;
    }

    /**
     * Returns the template with templateDefaults, without the fields of other types. Older versions use these fields
     * too for container sets and templates of the agent.
     */
    private ObjectNode withDefaults(ObjectNode template) {
        JsonNode defaults = run.spec().path("templateDefaults");
        if (!defaults.isObject()) {
            return template;
        }
        ObjectNode applicable = Json.copy(defaults);
        TemplateType ownType = TemplateType.of(template);
        boolean keepsDefaultType = ownType == TemplateType.CONTAINER_SET || ownType.isAgent();
        if (keepsDefaultType && !run.version.has(Behaviour.OWN_TEMPLATE_DEFAULTS)) {
            return StrategicMerge.merge(applicable, template, "Template");
        }
        for (TemplateType type : TemplateType.values()) {
            if (type != ownType) {
                applicable.remove(type.field());
            }
        }
        return StrategicMerge.merge(applicable, template, "Template");
    }

    private Scope localVariables(TemplateCall call) {
        Scope variables = run.globals.inner().put("node.name", call.nodeName());
        if (!call.kind().isEmpty()) {
            // A hook has the variables of a step, also in a dag.
            String kind = Json.has(call.holder(), "name") ? call.kind() : "steps";
            variables.put(kind + ".name", Json.text(call.holder(), "name"));
        }
        return variables;
    }

    String podName(String nodeName, JsonNode template) {
        return PodNames.pod(run.workflowName, nodeName, Json.text(template, "name"));
    }
}
