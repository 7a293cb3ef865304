package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldVersions;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import io.jenkins.plugins.argopreflight.engine.workflow.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one walk through a workflow shares: the workflow as it executes, its values, and the problems met. */
public final class WalkState {

    /** Nodes after which we stop and say so; Argo itself has no such bound but etcd's 1.5 MiB. */
    static final int MAX_NODES = 20_000;

    private static final String ACCOUNT = "serviceAccountName";

    private static final String PARAMETERS = "workflow.parameters.";

    public final PodRequest request;
    public final ArgoVersion version;
    public final Budget budget = Budget.current();
    public final List<Problem> problems = new DistinctProblems();
    public final Unknowns unknowns = new Unknowns();
    public final Substitution substitution;
    public final ExecWorkflow exec;
    public final Scope globals;
    public final Inputs inputs;
    public final Locks locks = new Locks(this);
    public final ArtifactRepositories artifacts;
    public final String workflowName;
    public final NodeOrder order = new NodeOrder();
    public final Map<String, ObjectNode> globalArtifacts = new HashMap<>();
    /** Secrets that the agent reads from the API server, for headers of http templates; by name. */
    public final Set<String> agentSecrets = new TreeSet<>();

    public JsonNode volumes;
    public final JsonNode claims;
    private int nodes;
    private int refusals;

    public WalkState(PodRequest request) {
        this.request = request;
        this.version = request.controller().version();
        this.substitution = new Substitution(unknowns, version.has(Behaviour.JSON_RESULTS));
        Submitted submitted = Submitted.of(request).marked(unknowns, request.eventValues());
        this.exec = new ExecWorkflow(request, submitted, problems);
        FieldVersions fields = new FieldVersions(version);
        exec.layers().forEach(layer -> problems.addAll(fields.check(layer.document(), layer.path(), layer.spec())));
        this.globals = Globals.of(request, exec, unknowns, problems);
        exec.substitute(substitution, globals);
        leaveAccountToCaller();
        Globals.labelsFrom(globals, exec, unknowns, problems);
        this.inputs = new Inputs(request, unknowns, substitution, globals);
        this.artifacts = ArtifactRepositories.resolve(request, exec, problems);
        this.workflowName = globals.get("workflow.name").orElseThrow();
        this.volumes = substitution.replace(exec.spec().path("volumes"), globals);
        this.claims = claims();
    }

    /** Leaves the ServiceAccount open where only other workflows use the templates: it is that of their pods. */
    private void leaveAccountToCaller() {
        if (request.isLibrary() && !Json.has(spec(), "entrypoint") && !Json.has(spec(), ACCOUNT)) {
            spec().put(ACCOUNT, unknowns.mark(Unknowns.ACCOUNT, Unknowns.CALLER));
        }
    }

    private ArrayNode claims() {
        ArrayNode claims = Json.list();
        for (JsonNode template : exec.spec().path("volumeClaimTemplates")) {
            String name = Json.text(template.path("metadata"), "name");
            claims.addObject()
                    .put("name", name)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", workflowName + "-" + name);
        }
        return claims;
    }

    public Controller controller() {
        return request.controller();
    }

    public ObjectNode spec() {
        return exec.spec();
    }

    /** Counts a node; false when there have been too many. */
    public boolean enter(TemplateCall call) {
        budget.charge(Limit.WORK, 10);
        budget.text((long) call.nodeName().length() + call.path().length());
        nodes++;
        if (nodes == MAX_NODES + 1) {
            problem(Problem.Kind.BOUNDED, call, "more than " + MAX_NODES + " nodes: the rest was not looked at");
        }
        return nodes <= MAX_NODES;
    }

    /**
     * A setting of the controller that the node needs is absent: a refusal only where the settings were read.
     *
     * @return whether the node can still start, since the setting can be there
     */
    public boolean missingSetting(TemplateCall call, String message) {
        String why = controller().assumed().settings();
        problem(
                why.isEmpty() ? Problem.Kind.REFUSED : Problem.Kind.UNKNOWN_SETTING,
                call,
                why.isEmpty() ? message : message + "; the ConfigMap was not read: " + why);
        return !why.isEmpty();
    }

    /** A variable that the node needs is not in the controller's environment: a refusal only where that was read. */
    public void missingVariable(TemplateCall call, String message) {
        String why = controller().assumed().environment();
        problem(
                why.isEmpty() ? Problem.Kind.REFUSED : Problem.Kind.UNKNOWN_SETTING,
                call,
                why.isEmpty() ? message : message + "; the controller's environment was not read: " + why);
    }

    public void problem(Problem.Kind kind, TemplateCall call, String message) {
        problem(kind, call, message, null);
    }

    void problem(Problem.Kind kind, TemplateCall call, String message, @Nullable FixTarget target) {
        report(new Problem(kind, call.document(), call.path(), message, Optional.ofNullable(target)), call);
    }

    /** A refusal of the workflow because of something that is not there. */
    public void refuse(TemplateCall call, Missing missing, String message) {
        report(new Problem(Problem.Kind.REFUSED, call.document(), call.path(), message).because(missing), call);
    }

    /** What a call needs and is not there. */
    public void absent(Problem.Kind kind, TemplateCall call, Problem.Thing thing, String name, String message) {
        Problem problem = new Problem(kind, call.document(), call.path(), message).absent(thing, name);
        String list = thing == Problem.Thing.TEMPLATE ? "templates" : thing == Problem.Thing.VOLUME ? "volumes" : "";
        report(list.isEmpty() ? problem : problem.because(missing(call.document(), list, name)), call);
    }

    /** The field of a spec, or an element of its list, as what is not there. */
    public Missing missing(Document document, String field, String name) {
        String spec =
                document.equals(exec.submitted().document()) ? exec.submitted().specPath() : "spec";
        return Missing.field(document, spec + "." + field, name);
    }

    /** The first of the workflow's parameters in a text that this run does not have, as what is not there. */
    private Optional<Missing> parameter(String text, Predicate<String> lacks) {
        return Unknowns.tags(text).stream()
                .filter(tag -> tag.startsWith(PARAMETERS)
                        && globals.get(tag).filter(lacks).isPresent())
                .findFirst()
                .map(tag -> exec.submitted().parameter(tag.substring(PARAMETERS.length())));
    }

    /** A reference to a name that is known later: once the workflow runs, or once the caller of the template is known. */
    public void later(TemplateCall call, String name, String message) {
        if (request.isLibrary() && !Unknowns.isUnknown(name) && name.contains("{{inputs.parameters.")) {
            return; // As the validation reads it: the caller, or the step that calls the template, gives the value.
        }
        if (unknowns.areOfCaller(name)) {
            Unknowns.tags(Unknowns.show(name))
                    .forEach(tag -> problems.add(Problem.suppliedByCaller(
                            call.document(), call.path(), Problem.Thing.PARAMETER, Unknowns.parameter(tag))));
        } else {
            Problem problem = new Problem(
                    Problem.Kind.UNKNOWN_REFERENCE,
                    call.document(),
                    call.path(),
                    message + " is known only while the workflow runs");
            report(
                    parameter(Unknowns.show(name), Unknowns::isUnknown)
                            .map(problem::because)
                            .orElse(problem),
                    call);
        }
    }

    private void report(Problem problem, TemplateCall call) {
        refusals += problem.kind() == Problem.Kind.REFUSED ? 1 : 0;
        // A reference that leads nowhere is refused with the whole workflow, whether the node runs or not.
        problems.add(
                problem.kind() == Problem.Kind.MISSING_REFERENCE
                        ? problem
                        : problem.of(call.certainty().existence()));
    }

    /** Whether the condition of a step can be read; shows a problem when not. */
    public boolean reads(String when, TemplateCall call) {
        Optional<String> wrong = WhenSyntax.problem(when);
        wrong.ifPresent(why -> {
            Problem problem = new Problem(
                    Problem.Kind.REFUSED,
                    call.document(),
                    call.path() + ".when",
                    "Invalid 'when' expression '" + Unknowns.show(when) + "': " + why
                            + " (hint: try wrapping the affected expression in quotes (\"))");
            String written =
                    FieldPath.at(call.document().root(), problem.path()).asText("");
            report(parameter(written, String::isEmpty).map(problem::because).orElse(problem), call);
        });
        return wrong.isEmpty();
    }

    /** How often Argo would have refused to go on, up to now. */
    public int refusals() {
        return refusals;
    }
}
