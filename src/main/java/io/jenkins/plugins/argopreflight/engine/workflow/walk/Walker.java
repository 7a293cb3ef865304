package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.workflow.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.PodCollector;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.WorkloadPod;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Inputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.MemoCache;
import io.jenkins.plugins.argopreflight.engine.workflow.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Scope;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import io.jenkins.plugins.argopreflight.engine.workflow.validation.TemplateLookup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes templates as the controller does; source: argo-workflows workflow/controller/operator.go. */
public final class Walker {

    /** Argo's maxAllowedStackDepth. */
    private static final int MAX_DEPTH = 100;

    private final WalkState run;
    private final PodCollector pods;
    private final TemplateLookup lookup;
    private final StepsWalk steps;
    private final DagWalk dag;
    private final LeafNodes leaves;
    private @Nullable Certainty agentCertainty;
    private ConcurrentPods peak = ConcurrentPods.NONE;
    private ConcurrentPods daemons = ConcurrentPods.NONE;
    private final Map<ArgoPod, ConcurrentPods> besideDaemons = new LinkedHashMap<>();

    public Walker(WalkState run, PodCollector pods, TemplateLookup lookup) {
        this.run = run;
        this.pods = pods;
        this.lookup = lookup;
        this.steps = new StepsWalk(run, this);
        this.dag = new DagWalk(run, this);
        this.leaves = new LeafNodes(run);
    }

    public NodeOutputs execute(TemplateCall given) {
        peak = ConcurrentPods.NONE;
        if (!run.enter(given)) {
            return NodeOutputs.NOTHING;
        }
        TemplateHolder base = lookup.base(given);
        Optional<TemplateHolder.Found> found = base == null ? Optional.empty() : lookup.find(given, base);
        if (base == null || found.isEmpty()) {
            return NodeOutputs.NOTHING;
        }
        TemplateCall call = bounded(given, base, found.get());
        if (call == null) {
            return NodeOutputs.NOTHING;
        }
        ObjectNode template = defaults(podMetadata(found.get().template(), base, call));
        TemplateType type = TemplateType.of(template);
        boolean retried = Json.isSet(template, "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        Scope local = local(call);
        boolean later = run.version.has(Behaviour.RETRY_OF_DEFAULTS)
                ? retried
                : Json.isSet(found.get().template(), "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        if (type.isPod() && !later) {
            local.put("pod.name", podName(call.nodeName(), template));
        }
        ObjectNode processed = run.inputs.process(template, call, local, run.problems);
        new MistypedExpressions(run, Inputs.put(processed, local.inner())).template(found.get(), call);
        TemplateCall field = call.at(found.get().document(), found.get().path() + ".synchronization");
        if (!run.locks.isAvailable(processed, call, field)) {
            return NodeOutputs.NOTHING;
        }
        return execute(processed, new ResolvedTemplate(found.get(), base, template), call, retried);
    }

    /** The template that a step or task refers to, as it is written; missing where it is not known. */
    JsonNode written(TemplateCall call) {
        return lookup.written(call);
    }

    private NodeOutputs execute(ObjectNode given, ResolvedTemplate resolved, TemplateCall named, boolean retried) {
        TemplateType type = TemplateType.of(resolved.template());
        ObjectNode processed = given;
        TemplateCall call = named;
        String nodeName = call.nodeName();
        Optional<Condition> cached = Optional.empty();
        if (Json.isSet(processed, "memoize")) {
            if (!leaves.hasValidAge(resolved.found(), processed.path("memoize"), call)
                    || !MemoCache.isUsable(run, resolved.found(), processed.path("memoize"), call)) {
                return NodeOutputs.NOTHING;
            }
            cached = MemoCache.condition(run, processed.path("memoize"));
            call = call.with(cached.map(call.certainty()::when).orElse(call.certainty()));
        }
        if (retried) {
            nodeName = nodeName + "(0)";
            JsonNode strategy = (Json.isSet(processed, "retryStrategy") ? processed : run.spec()).path("retryStrategy");
            if (isRetriedOnError(strategy)) {
                Certainty certainty = call.certainty();
                call = call.with(certainty.tolerating(certainty.tolerance().refusedInError()));
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
            return NodeOutputs.NOTHING;
        }
        NodeOutputs outcome = dispatch(
                type, new ResolvedTemplate(resolved.found(), resolved.base(), processed), call.named(nodeName));
        return type == TemplateType.STEPS && cached.isPresent() && !run.version.has(Behaviour.MEMOIZED_OUTPUTS)
                ? outcome.storedWithout(resolved.template().path("outputs"))
                : outcome;
    }

    /** Source: pkg/apis/workflow/v1alpha1 (RetryPolicyActual), workflow/controller/operator.go (executeTemplate). */
    private static boolean isRetriedOnError(JsonNode strategy) {
        String policy = Json.text(strategy, "retryPolicy");
        return policy.isEmpty()
                ? !Json.text(strategy, "expression").isEmpty()
                : Set.of("Always", "OnError", "OnTransientError").contains(policy);
    }

    /** The pods at the widest place of the node that was executed last. */
    public ConcurrentPods peak() {
        return peak;
    }

    void peak(ConcurrentPods widest) {
        peak = widest;
    }

    /** The daemons of steps before, which run until the end of the steps or dag around them. */
    ConcurrentPods daemons() {
        return daemons;
    }

    void daemons(ConcurrentPods running) {
        daemons = running;
    }

    /** The pods that surely run while daemons do, with these. */
    public Map<ArgoPod, ConcurrentPods> besideDaemons() {
        return besideDaemons;
    }

    /** How sure it is that the agent's pod runs; empty without a template for it. */
    public Optional<Certainty> agentCertainty() {
        return Optional.ofNullable(agentCertainty)
                .map(each -> each.tolerating(each.tolerance().refusedInError()));
    }

    private NodeOutputs dispatch(TemplateType type, ResolvedTemplate resolved, TemplateCall call) {
        switch (type) {
            case STEPS:
                return steps.walk(resolved, call);
            case DAG:
                return dag.walk(resolved, call);
            case HTTP, PLUGIN:
                leaves.agent(type, resolved, call);
                if (agentCertainty == null
                        || call.certainty().conditions().size()
                                < agentCertainty.conditions().size()) {
                    agentCertainty = call.certainty();
                }
                return type == TemplateType.HTTP ? NodeOutputs.ofHttp(resolved.template()) : NodeOutputs.WITHOUT_POD;
            case SUSPEND:
                leaves.suspend(resolved, call);
                return NodeOutputs.WITHOUT_POD;
            case NONE:
                // Validation reports the others, whether they are called or not.
                if (resolved.found().path().endsWith(".inline") || Json.isSet(run.spec(), "templateDefaults")) {
                    run.problem(
                            Problem.Kind.REFUSED,
                            call,
                            "template '" + Json.text(resolved.template(), "name")
                                    + "' type is unknown: it has none of container, script, steps, dag, …");
                }
                return NodeOutputs.NOTHING;
            default:
                WorkloadPod pod = new WorkloadPod(run, pods, resolved, call, type);
                NodeOutputs outcome = pod.make();
                peak = pod.peak();
                if (!daemons.pods().isEmpty()) {
                    peak.pods().keySet().forEach(made -> besideDaemons.putIfAbsent(made, daemons));
                }
                return outcome;
        }
    }

    private @Nullable TemplateCall bounded(TemplateCall call, TemplateHolder base, TemplateHolder.Found found) {
        String key = base.scope() + "/" + found.path();
        TemplateCall.Frame frame = call.frame();
        int depth = frame == null ? 1 : frame.depth() + 1;
        int conditions = call.certainty().undecided();
        int before = frame == null ? 0 : frame.count(key);
        Certainty certainty = call.certainty();
        String name = Json.text(found.template(), "name");
        if (depth > MAX_DEPTH && before == 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    "template " + name + " is called at a depth of more than " + MAX_DEPTH
                            + ": Argo stops with 'Maximum recursion depth exceeded'");
            return null;
        }
        if (frame != null && before > 0) {
            boolean sure = frame.conditionsOf(key) == conditions;
            if (depth > MAX_DEPTH) {
                run.problem(
                        Problem.Kind.REFUSED,
                        call,
                        "template " + name
                                + " calls itself without an end: Argo stops with 'Maximum recursion depth exceeded' at "
                                + MAX_DEPTH);
                return null;
            }
            if (!sure && before > 1) {
                run.problem(
                        Problem.Kind.ABRIDGED,
                        call,
                        "template " + name
                                + " calls itself; how often is known only at run time: two rounds were checked");
                return null;
            }
            certainty = sure ? certainty : certainty.unknownTimes();
        }
        return call.with(certainty).within(new TemplateCall.Frame(frame, key, depth, conditions));
    }

    private ObjectNode podMetadata(ObjectNode template, TemplateHolder base, TemplateCall call) {
        JsonNode more = base.scope().isEmpty() ? run.spec().path("podMetadata") : base.podMetadata();
        if (!run.version.has(Behaviour.HOLDERS_POD_METADATA)
                || !more.isObject()
                || Json.isSet(call.holder(), "inline")) {
            return template;
        }
        ObjectNode changed = template.objectNode();
        changed.setAll(template);
        ObjectNode own = Json.copy(template.path("metadata"));
        changed.set(
                "metadata",
                run.version.has(Behaviour.OWN_METADATA_WINS)
                        ? StrategicMerge.merge(more, own, "")
                        : StrategicMerge.merge(own, more, ""));
        return changed;
    }

    private ObjectNode defaults(ObjectNode template) {
        JsonNode defaults = run.spec().path("templateDefaults");
        if (!defaults.isObject()) {
            return template;
        }
        ObjectNode applicable = Json.copy(defaults);
        TemplateType own = TemplateType.of(template);
        boolean untyped = own == TemplateType.CONTAINER_SET || own.isAgent();
        if (untyped && !run.version.has(Behaviour.OWN_TEMPLATE_DEFAULTS)) {
            return StrategicMerge.merge(applicable, template, "Template");
        }
        for (TemplateType type : TemplateType.values()) {
            if (type != own) {
                applicable.remove(type.field());
            }
        }
        return StrategicMerge.merge(applicable, template, "Template");
    }

    private Scope local(TemplateCall call) {
        Scope local = run.globals.inner().put("node.name", call.nodeName());
        if (!call.kind().isEmpty()) {
            // A hook is a step, also of a dag.
            String kind = Json.has(call.holder(), "name") ? call.kind() : "steps";
            local.put(kind + ".name", Json.text(call.holder(), "name"));
        }
        return local;
    }

    String podName(String nodeName, JsonNode template) {
        return PodNames.pod(run.workflowName, nodeName, Json.text(template, "name"));
    }
}
