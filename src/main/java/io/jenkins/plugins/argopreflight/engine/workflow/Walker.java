package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Executes templates as the controller does; source: argo-workflows workflow/controller/operator.go. */
final class Walker {

    /** Argo's maxAllowedStackDepth. */
    private static final int MAX_DEPTH = 100;

    /** A template that a node executes: as written, and with defaults, arguments and variables. */
    record Resolved(TemplateHolder.Found found, TemplateHolder base, ObjectNode template, Provenance provenance) {}

    private final Run run;
    private final StepsWalk steps;
    private final DagWalk dag;

    Walker(Run run) {
        this.run = run;
        this.steps = new StepsWalk(run, this);
        this.dag = new DagWalk(run, this);
    }

    Outcome execute(Call given) {
        run.peak = Peak.NONE;
        if (!run.enter(given)) {
            return Outcome.NOTHING;
        }
        TemplateHolder base = base(given);
        Optional<TemplateHolder.Found> found = base == null ? Optional.empty() : find(given, base);
        if (found.isEmpty()) {
            return Outcome.NOTHING;
        }
        Call call = bounded(given, base, found.get());
        if (call == null) {
            return Outcome.NOTHING;
        }
        ObjectNode template = defaults(podMetadata(found.get().template(), base, call), given);
        TemplateType type = TemplateType.of(template);
        boolean retried = Json.isSet(template, "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        Scope local = local(call);
        boolean later = run.rules.retryOfDefaults()
                ? retried
                : Json.isSet(found.get().template(), "retryStrategy") || Json.isSet(run.spec(), "retryStrategy");
        if (type.isPod() && !later) {
            local.put("pod.name", podName(call.nodeName(), template));
        }
        ObjectNode processed = run.inputs.process(template, call, local, run.problems);
        String nodeName = call.nodeName();
        if (!Locks.available(run, processed, call)) {
            return Outcome.NOTHING;
        }
        if (Json.isSet(processed, "memoize")) {
            call = call.with(MemoCache.condition(run, processed.path("memoize"))
                    .map(call.certainty()::when)
                    .orElse(call.certainty()));
        }
        if (retried) {
            nodeName = nodeName + "(0)";
            Scope retry = run.globals.inner();
            if (type.isPod()) {
                retry.put("pod.name", podName(nodeName, processed));
            }
            retry.put("retries", "0");
            if (run.rules.lastRetry()) {
                retry.put("lastRetry.exitCode", "0").put("lastRetry.duration", "0");
                retry.put("lastRetry.status", "").put("lastRetry.message", "");
            }
            processed = run.inputs.substitute(processed, retry);
        }
        return dispatch(type, new Resolved(found.get(), base, processed, null), call.named(nodeName));
    }

    private Outcome dispatch(TemplateType type, Resolved resolved, Call call) {
        switch (type) {
            case STEPS:
                return steps.walk(resolved, call);
            case DAG:
                return dag.walk(resolved, call);
            case HTTP, PLUGIN:
                run.agentTemplates.add(resolved.template());
                if (run.agentCertainty == null
                        || call.certainty().conditions().size()
                                < run.agentCertainty.conditions().size()) {
                    run.agentCertainty = call.certainty();
                }
                return Outcome.NOTHING;
            case SUSPEND:
                return Outcome.NOTHING;
            case NONE:
                run.problem(
                        Problem.Kind.REFUSED,
                        call,
                        "template '" + Json.text(resolved.template(), "name")
                                + "' type is unknown: it has none of container, script, steps, dag, …");
                return Outcome.NOTHING;
            default:
                return new WorkloadPod(run, resolved, call, type).make();
        }
    }

    /** Where the name of the template is looked up; null after a problem was reported. */
    TemplateHolder base(Call call) {
        JsonNode reference = call.holder().path("templateRef");
        return reference.isObject() && !Json.isSet(call.holder(), "inline") ? run.holder(reference, call) : call.base();
    }

    /** The template that a step, task or hook refers to; empty after a problem was reported. */
    Optional<TemplateHolder.Found> find(Call call, TemplateHolder base) {
        if (call.holder().get("inline") instanceof ObjectNode inline) {
            return Optional.of(new TemplateHolder.Found(inline, call.document(), call.path() + ".inline"));
        }
        JsonNode reference = call.holder().path("templateRef");
        String name = Json.text(reference.isObject() ? reference : call.holder(), "template");
        Optional<TemplateHolder.Found> found = base.template(name);
        if (found.isEmpty()) {
            boolean later = Unknowns.isUnknown(name) || name.contains("{{");
            run.problem(
                    later ? Problem.Kind.UNKNOWN_REFERENCE : Problem.Kind.MISSING_REFERENCE,
                    call,
                    "template " + Unknowns.show(name)
                            + (later ? " is known only while the workflow runs" : " not found")
                            + (reference.isObject() ? " in workflow template " + Json.text(reference, "name") : ""));
        }
        return found;
    }

    private Call bounded(Call call, TemplateHolder base, TemplateHolder.Found found) {
        String key = base.scope() + "/" + found.path();
        Call.Frame frame = call.frame();
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
        if (before > 0) {
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
        return call.with(certainty).within(new Call.Frame(frame, key, depth, conditions));
    }

    private ObjectNode podMetadata(ObjectNode template, TemplateHolder base, Call call) {
        JsonNode more = base.scope().isEmpty() ? run.spec().path("podMetadata") : base.podMetadata();
        if (run.rules.podMetadata() == VersionRules.PodMetadata.NOT
                || !more.isObject()
                || Json.isSet(call.holder(), "inline")) {
            return template;
        }
        ObjectNode changed = template.objectNode();
        changed.setAll(template);
        ObjectNode own = Json.copy(template.path("metadata"));
        changed.set(
                "metadata",
                run.rules.podMetadata() == VersionRules.PodMetadata.OVER
                        ? StrategicMerge.merge(own, more, "")
                        : StrategicMerge.merge(more, own, ""));
        return changed;
    }

    private ObjectNode defaults(ObjectNode template, Call call) {
        JsonNode defaults = run.spec().path("templateDefaults");
        if (!defaults.isObject()) {
            return template;
        }
        ObjectNode applicable = Json.copy(defaults);
        TemplateType own = TemplateType.of(template);
        boolean untyped = own == TemplateType.CONTAINER_SET || own.isAgent();
        if (untyped && !run.rules.ownDefaults()) {
            return StrategicMerge.merge(applicable, template, "Template");
        }
        for (TemplateType type : TemplateType.values()) {
            if (type != own) {
                applicable.remove(type.field());
            }
        }
        return StrategicMerge.merge(applicable, template, "Template");
    }

    private Scope local(Call call) {
        Scope local = run.globals.inner().put("node.name", call.nodeName());
        if (!call.kind().isEmpty()) {
            local.put(call.kind() + ".name", Json.text(call.holder(), "name"));
        }
        return local;
    }

    String podName(String nodeName, JsonNode template) {
        return PodNames.pod(run.workflowName, nodeName, Json.text(template, "name"));
    }
}
