package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldVersions;
import io.jenkins.plugins.argopreflight.engine.argo.field.Shapes;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.References;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A finder of the templates to which steps, tasks and hooks refer. It reads each (Cluster)WorkflowTemplate once. */
public final class TemplateLookup {

    private final Simulation run;
    private final Map<String, TemplateHolder> holders = new HashMap<>();

    public TemplateLookup(Simulation run) {
        this.run = run;
    }

    /** Returns the holder in which the name of the template is looked up; null after a problem was reported. */
    public @Nullable TemplateHolder base(TemplateCall call) {
        JsonNode reference = call.holder().path("templateRef");
        return reference.isObject() && !Json.isSet(call.holder(), "inline") ? holder(reference, call) : call.base();
    }

    /**
     * Returns the template to which a step or task refers, as written; a MissingNode if it is not known before the run.
     */
    public JsonNode written(TemplateCall call) {
        if (call.holder().get("inline") instanceof ObjectNode inline) {
            return inline;
        }
        JsonNode reference = call.holder().path("templateRef");
        String name = Json.text(reference.isObject() ? reference : call.holder(), "template");
        String names = Json.text(reference, "name") + name;
        TemplateHolder base = UnknownValues.areIn(names) ? null : base(call);
        return Optional.ofNullable(base)
                .flatMap(holder -> holder.template(name))
                .<JsonNode>map(TemplateHolder.Found::template)
                .orElse(MissingNode.getInstance());
    }

    /** Returns the template to which a step, task or hook refers; empty after a problem was reported. */
    public Optional<TemplateHolder.Found> find(TemplateCall call) {
        TemplateHolder base = base(call);
        return base == null ? Optional.empty() : find(call, base);
    }

    /**
     * Returns the template to which a step, task or hook refers, from a known holder; empty after a problem was
     * reported.
     */
    public Optional<TemplateHolder.Found> find(TemplateCall call, TemplateHolder base) {
        if (call.holder().get("inline") instanceof ObjectNode inline) {
            return Optional.of(new TemplateHolder.Found(inline, call.document(), call.path() + ".inline"));
        }
        JsonNode reference = call.holder().path("templateRef");
        String name = Json.text(reference.isObject() ? reference : call.holder(), "template");
        Optional<TemplateHolder.Found> found = base.template(name);
        if (found.isEmpty()) {
            boolean isNeverReplaced = !reference.isObject() && name.contains("{{") && !TagFinder.isReplaced(name);
            boolean isKnownLater = !isNeverReplaced && UnknownValues.areIn(name);
            String location = reference.isObject() ? " in workflow template " + Json.text(reference, "name") : "";
            Problem.Message message =
                    Problem.Thing.TEMPLATE.message(UnknownValues.show(name) + " not found" + location);
            if (isKnownLater) {
                run.reportKnownLater(call, name, Problem.Thing.TEMPLATE.message(UnknownValues.show(name) + location));
            } else if (reference.isObject()) {
                run.add(new Problem(Problem.Kind.MISSING_REFERENCE, call.document(), call.path(), message)
                        .because(new Missing.Named(base.scope(), run.request.namespace(), name)));
            } else {
                run.reportAbsent(Problem.Kind.MISSING_REFERENCE, call, Problem.Thing.TEMPLATE, name, message);
            }
        }
        return found;
    }

    /** Returns the (Cluster)WorkflowTemplate of a templateRef; null after a problem was reported. */
    private @Nullable TemplateHolder holder(JsonNode reference, TemplateCall call) {
        boolean isClusterScope = reference.path("clusterScope").asBoolean();
        String kind = isClusterScope ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
        String name = Json.text(reference, "name");
        if (UnknownValues.areIn(name)) {
            run.reportKnownLater(call, name, Problem.Message.of("templateRef " + UnknownValues.show(name)));
            return null;
        }
        String key = kind + "/" + name;
        if (!holders.containsKey(key)) {
            Fact<Optional<Document>> fact =
                    run.request.objects().find(kind, isClusterScope ? "" : run.request.namespace(), name);
            Document document = References.found(fact, kind, run.request, name, call.document(), call.path(), run::add);
            if (document == null) {
                holders.put(key, null);
            } else {
                JsonNode spec = Shapes.clean(document.root().path("spec"));
                new FieldVersions(run.controller().version())
                        .check(document, "spec", spec)
                        .forEach(run::add);
                Validation.of(document, "spec", spec, run::add);
                holders.put(
                        key,
                        new TemplateHolder(key, spec)
                                .add(document, "spec", spec.path("templates"), spec.path("templates")));
            }
        }
        return holders.get(key);
    }
}
