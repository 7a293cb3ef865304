package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenSyntax;
import io.jenkins.plugins.argopreflight.engine.argo.field.FieldVersions;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.Reason;
import io.jenkins.plugins.argopreflight.engine.argo.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The state of one simulation of a workflow: the workflow as Argo executes it, its values, and the problems found. */
public final class Simulation {

    /** Maximum number of nodes that are simulated; more are reported. Argo itself only has etcd's limit of 1.5 MiB. */
    static final int MAX_NODES = 20_000;

    private static final String ACCOUNT = "serviceAccountName";

    private static final String PARAMETERS = "workflow.parameters.";

    public final PodRequest request;
    public final ArgoVersion version;
    public final Budget budget = Budget.current();
    private final DistinctProblems problems = new DistinctProblems();
    public final UnknownValues unknowns = new UnknownValues();
    public final Substitution substitution;
    public final MergedWorkflow mergedWorkflow;
    public final Scope globals;
    public final Inputs inputs;
    public final Locks locks = new Locks(this);
    public final ArtifactRepositories artifacts;
    public final String workflowName;
    private final Map<String, ObjectNode> globalArtifacts = new HashMap<>();
    private final JsonNode claims;
    private JsonNode volumes;
    private int nodes;
    private int refusals;

    public Simulation(PodRequest request) {
        this.request = request;
        this.version = request.controller().version();
        this.substitution = new Substitution(unknowns, version.has(Behaviour.JSON_RESULTS));
        SubmittedWorkflow submitted = SubmittedWorkflow.of(request).marked(unknowns, request.eventValues());
        this.mergedWorkflow = new MergedWorkflow(request, submitted, problems);
        FieldVersions fields = new FieldVersions(version);
        mergedWorkflow
                .layers()
                .forEach(layer -> fields.check(layer.document(), layer.path(), layer.spec())
                        .forEach(problems::add));
        this.globals = Globals.of(request, mergedWorkflow, unknowns, problems);
        mergedWorkflow.substitute(substitution, globals);
        markAccountOfCaller();
        Globals.labelsFrom(globals, mergedWorkflow, unknowns, problems);
        this.inputs = new Inputs(request, unknowns, substitution, globals, problems);
        this.artifacts = ArtifactRepositories.resolve(request, mergedWorkflow, problems);
        this.workflowName = globals.get("workflow.name").orElseThrow();
        this.volumes = substitution.replace(mergedWorkflow.spec().path("volumes"), globals);
        this.claims = claims();
    }

    /**
     * Marks the ServiceAccount as unknown if only other workflows use the templates: the pods use that of the caller.
     */
    private void markAccountOfCaller() {
        if (request.hasUnknownCaller() && !Json.has(spec(), "entrypoint") && !Json.has(spec(), ACCOUNT)) {
            spec().put(ACCOUNT, unknowns.markOfCaller(UnknownValues.ACCOUNT));
        }
    }

    private ArrayNode claims() {
        ArrayNode claims = Json.list();
        for (JsonNode template : mergedWorkflow.spec().path("volumeClaimTemplates")) {
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
        return mergedWorkflow.spec();
    }

    /** Returns the volumes of the workflow and of its claims, by name. */
    public Map<String, JsonNode> volumes() {
        Map<String, JsonNode> byName = Json.byName(claims);
        byName.putAll(Json.byName(volumes));
        return byName;
    }

    /** Substitutes the volumes, as Argo does before each step and task. Later nodes use them as well. */
    public void substituteVolumes(Scope scope) {
        volumes = substitution.replace(volumes, scope);
    }

    /** Adds the location of an output, if the whole workflow can refer to it. */
    public void addGlobalArtifact(JsonNode output, ObjectNode location) {
        if (Json.has(output, "globalName")) {
            globalArtifacts.put(Json.text(output, "globalName"), location);
        }
    }

    public @Nullable ObjectNode globalArtifact(String globalName) {
        return globalArtifacts.get(globalName);
    }

    /** Counts a node, and returns whether it is within the limit. */
    public boolean countNode(TemplateCall call) {
        budget.charge(Limit.WORK_UNITS, 10);
        budget.chargeText((long) call.nodeName().length() + call.path().length());
        nodes++;
        if (nodes == MAX_NODES + 1) {
            problem(Problem.Kind.BOUNDED, call, "more than " + MAX_NODES + " nodes: the rest was not looked at");
        }
        return nodes <= MAX_NODES;
    }

    /**
     * Reports that a setting of the controller that the node needs is missing. It is a refusal only if the settings
     * were read.
     *
     * @return whether the node can still start, since the setting can exist
     */
    public boolean missingSetting(TemplateCall call, String message) {
        return !missing(
                call,
                Problem.Message.of(message),
                "the ConfigMap",
                controller().assumed().settings());
    }

    /**
     * Reports that a variable that the node needs is missing in the controller's environment. It is a refusal only if
     * the environment was read.
     */
    public void missingVariable(TemplateCall call, String message) {
        missing(
                call,
                Problem.Message.of(message),
                "the controller's environment",
                controller().assumed().environment());
    }

    /** Reports that no executor plugin is installed. It is a refusal only if the ConfigMaps of plugins were read. */
    public void missingPlugin(TemplateCall call, Problem.Message message) {
        missing(call, message, "whether there is one", controller().assumed().plugins());
    }

    /** Reports a thing that is missing in a source, and returns whether the source was read. */
    private boolean missing(TemplateCall call, Problem.Message message, String source, Reason reason) {
        boolean isRead = reason.isEmpty();
        Problem problem = new Problem(
                isRead ? Problem.Kind.REFUSED : Problem.Kind.UNKNOWN_SETTING,
                call.document(),
                call.path(),
                isRead ? message : message.plus("; " + source + " was not read: " + reason.text()));
        report(reason.addTo(problem), call);
        return isRead;
    }

    public void problem(Problem.Kind kind, TemplateCall call, String message) {
        problem(kind, call, message, null);
    }

    public void problem(Problem.Kind kind, TemplateCall call, Problem.Message message) {
        report(new Problem(kind, call.document(), call.path(), message), call);
    }

    void problem(Problem.Kind kind, TemplateCall call, String message, @Nullable FixTarget target) {
        report(new Problem(kind, call.document(), call.path(), message, Optional.ofNullable(target)), call);
    }

    /** Reports a refusal of the workflow because of a missing thing. */
    public void refuse(TemplateCall call, Missing missing, String message) {
        report(new Problem(Problem.Kind.REFUSED, call.document(), call.path(), message).because(missing), call);
    }

    /** Reports a thing that a call needs and that does not exist. */
    public void reportAbsent(
            Problem.Kind kind, TemplateCall call, Problem.Thing thing, String name, Problem.Message message) {
        Problem problem = new Problem(kind, call.document(), call.path(), message).absent(thing, name);
        String list = thing == Problem.Thing.TEMPLATE ? "templates" : thing == Problem.Thing.VOLUME ? "volumes" : "";
        report(list.isEmpty() ? problem : problem.because(missing(call.document(), list, name)), call);
    }

    /** Creates the absence of a field of a spec, or of an element of its list. */
    public Missing missing(Document document, String field, String name) {
        String spec = document.equals(mergedWorkflow.submitted().document())
                ? mergedWorkflow.submitted().specPath()
                : "spec";
        return Missing.field(document, spec + "." + field, name);
    }

    /** Returns the absence of the first of the workflow's parameters in a text that this run does not have. */
    private Optional<Missing> parameter(String text, Predicate<String> isMissing) {
        return UnknownValues.tags(text).stream()
                .filter(tag -> tag.startsWith(PARAMETERS)
                        && globals.get(tag).filter(isMissing).isPresent())
                .findFirst()
                .map(tag -> mergedWorkflow.submitted().missingParameter(tag.substring(PARAMETERS.length())));
    }

    /**
     * Reports a reference to a name that is known later: when the workflow runs, or when the caller of the template is
     * known.
     */
    public void reportKnownLater(TemplateCall call, String name, Problem.Message message) {
        if (request.hasUnknownCaller() && !UnknownMarks.isIn(name) && name.contains("{{inputs.parameters.")) {
            return; // The validation assumes that the caller, or the step that calls the template, supplies the value.
        }
        if (unknowns.areOfCaller(name)) {
            UnknownValues.tags(UnknownValues.show(name))
                    .forEach(tag -> problems.add(Problem.suppliedByCaller(
                            call.document(), call.path(), Problem.Thing.PARAMETER, UnknownValues.parameter(tag))));
        } else {
            Problem problem = new Problem(
                    Problem.Kind.UNKNOWN_REFERENCE,
                    call.document(),
                    call.path(),
                    message.plus(" is known only while the workflow runs"));
            report(
                    parameter(UnknownValues.show(name), UnknownMarks::isIn)
                            .map(problem::because)
                            .orElse(problem),
                    call);
        }
    }

    /** Records a problem that does not depend on a node. */
    public void add(Problem problem) {
        problems.add(problem);
    }

    /** Records a problem, unless an equal one was recorded. */
    public void addIfAbsent(Problem problem) {
        problems.addIfAbsent(problem);
    }

    /** Returns a view of the problems so far. */
    public List<Problem> problems() {
        return problems.view();
    }

    private void report(Problem problem, TemplateCall call) {
        refusals += problem.kind() == Problem.Kind.REFUSED ? 1 : 0;
        // A reference to a missing object is refused with the whole workflow, whether the node runs or not.
        problems.add(
                problem.kind() == Problem.Kind.MISSING_REFERENCE
                        ? problem
                        : problem.of(call.certainty().existence()));
    }

    /** Returns whether the condition of a step can be parsed, and reports a problem if not. */
    public boolean reads(String when, TemplateCall call) {
        Optional<String> error = WhenSyntax.problem(when);
        error.ifPresent(reason -> {
            Problem problem = new Problem(
                    Problem.Kind.REFUSED,
                    call.document(),
                    call.path() + ".when",
                    "Invalid 'when' expression '" + UnknownValues.show(when) + "': " + reason
                            + " (hint: try wrapping the affected expression in quotes (\"))");
            String original = Json.text(FieldPath.at(call.document().root(), problem.path()));
            report(parameter(original, String::isEmpty).map(problem::because).orElse(problem), call);
        });
        return error.isEmpty();
    }

    /** Returns the number of problems so far with which Argo refuses to continue. */
    public int refusals() {
        return refusals;
    }
}
