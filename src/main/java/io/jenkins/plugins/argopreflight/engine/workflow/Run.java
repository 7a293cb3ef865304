package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenSyntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that one walk through a workflow shares. */
final class Run {

    /** Nodes after which we stop and say so; Argo itself has no such bound but etcd's 1.5 MiB. */
    static final int MAX_NODES = 20_000;

    final PodRequest request;
    final VersionRules rules;
    final Budget budget = Budget.current();
    final List<Problem> problems = new DistinctProblems();
    final Unknowns unknowns = new Unknowns();
    final Substitution substitution;
    final ExecWorkflow exec;
    final Scope globals;
    final Inputs inputs;
    final ArtifactRepositories artifacts;
    final String workflowName;
    final PodCollector pods;
    final PodLayout layout;
    final List<ObjectNode> agentTemplates = new ArrayList<>();
    final Map<String, ObjectNode> globalArtifacts = new HashMap<>();
    final List<ArtifactGc.Produced> produced = new ArrayList<>();
    Certainty agentCertainty;
    /** Of the node that was executed last. */
    Peak peak = Peak.NONE;

    JsonNode volumes;
    final JsonNode claims;
    private final Map<String, TemplateHolder> holders = new HashMap<>();
    private int nodes;
    private int refusals;

    Run(PodRequest request) {
        this.request = request;
        this.rules = VersionRules.of(request.controller().version());
        this.substitution = new Substitution(unknowns, rules.jsonResults());
        Submitted submitted = Submitted.of(request);
        this.layout = PodLayout.of(this);
        this.exec = new ExecWorkflow(request, submitted, problems);
        FieldVersions fields = new FieldVersions(request.controller().version());
        exec.layers().forEach(layer -> problems.addAll(fields.check(layer.document(), layer.path(), layer.spec())));
        tellUnknownVersion();
        this.globals = Globals.of(request, exec, unknowns, problems);
        exec.substitute(substitution, globals);
        Globals.labelsFrom(globals, exec, unknowns);
        this.inputs = new Inputs(request, unknowns, substitution, globals);
        this.artifacts = ArtifactRepositories.resolve(request, exec, problems);
        this.workflowName = globals.get("workflow.name").orElseThrow();
        this.volumes = substitution.replace(exec.spec().path("volumes"), globals);
        this.claims = claims();
        this.pods = new PodCollector(this);
    }

    private void tellUnknownVersion() {
        ArgoVersion version = request.controller().version();
        if (!version.atLeast(3, 4, 0) || version.atLeast(4, 2, 0)) {
            problems.add(new Problem(
                    Problem.Kind.VERSION,
                    request.workflow().locate(""),
                    "",
                    "Argo " + version + " is not known: its pods are told by the rules of "
                            + (version.atLeast(4, 2, 0) ? "4.1" : "3.4")));
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

    Controller controller() {
        return request.controller();
    }

    ObjectNode spec() {
        return exec.spec();
    }

    /** Counts a node; false when there have been too many. */
    boolean enter(Call call) {
        budget.charge(Limit.WORK, 10);
        budget.text((long) call.nodeName().length() + call.path().length());
        nodes++;
        if (nodes == MAX_NODES + 1) {
            problem(Problem.Kind.BOUNDED, call, "more than " + MAX_NODES + " nodes: the rest was not looked at");
        }
        return nodes <= MAX_NODES;
    }

    void problem(Problem.Kind kind, Call call, String message) {
        problem(kind, call, message, null);
    }

    void problem(Problem.Kind kind, Call call, String message, Mend mend) {
        refusals += kind == Problem.Kind.REFUSED ? 1 : 0;
        Problem problem =
                new Problem(kind, call.document().locate(call.path()), call.path(), message, Optional.ofNullable(mend));
        // A reference that leads nowhere is refused with the whole workflow, whether the node runs or not.
        problems.add(
                kind == Problem.Kind.MISSING_REFERENCE
                        ? problem
                        : problem.of(call.certainty().existence()));
    }

    /** Whether the condition of a step can be read; tells a problem when not. */
    boolean reads(String when, Call call) {
        Optional<String> wrong = WhenSyntax.problem(when);
        wrong.ifPresent(why -> problem(
                Problem.Kind.REFUSED,
                call.at(call.document(), call.path() + ".when"),
                "Invalid 'when' expression '" + Unknowns.show(when) + "': " + why
                        + " (hint: try wrapping the affected expression in quotes (\"))"));
        return wrong.isEmpty();
    }

    /** How often Argo would have refused to go on, up to now. */
    int refusals() {
        return refusals;
    }

    /** The (Cluster)WorkflowTemplate that a templateRef names; null after a problem was told. */
    TemplateHolder holder(JsonNode reference, Call call) {
        boolean cluster = reference.path("clusterScope").asBoolean();
        String kind = cluster ? "ClusterWorkflowTemplate" : "WorkflowTemplate";
        String name = Json.text(reference, "name");
        if (Unknowns.isUnknown(name) || name.contains("{{")) {
            problem(
                    Problem.Kind.UNKNOWN_REFERENCE,
                    call,
                    "templateRef " + Unknowns.show(name) + " is known only while the workflow runs");
            return null;
        }
        String key = kind + "/" + name;
        if (!holders.containsKey(key)) {
            Fact<Optional<Document>> fact = request.objects().find(kind, cluster ? "" : request.namespace(), name);
            Document document = References.found(fact, kind, request, name, call.document(), call.path(), problems);
            if (document == null) {
                holders.put(key, null);
            } else {
                JsonNode spec = Shapes.clean(document.root().path("spec"));
                problems.addAll(new FieldVersions(controller().version()).check(document, "spec", spec));
                Validation.of(document, "spec", spec, problems);
                holders.put(
                        key,
                        new TemplateHolder(key, spec)
                                .add(document, "spec", spec.path("templates"), spec.path("templates")));
            }
        }
        return holders.get(key);
    }
}
