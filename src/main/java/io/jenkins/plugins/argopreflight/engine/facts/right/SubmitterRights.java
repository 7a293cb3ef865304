package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rights that the submitter of a workflow needs. The right to create it is enough for kubectl; {@code argo submit}
 * also reads the templates that the workflow refers to, since it validates the workflow with the submitter's rights.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/server/workflow/workflow_server.go#L98">
 *     CreateWorkflow, SubmitWorkflow</a>
 */
public final class SubmitterRights {

    private static final Map<String, Resource> TEMPLATES = Map.of(
            "WorkflowTemplate", Resource.WORKFLOW_TEMPLATES,
            "ClusterWorkflowTemplate", Resource.CLUSTER_WORKFLOW_TEMPLATES);
    private static final List<ArgoGrant> FOLLOW = List.of(
            ArgoGrant.of("get list watch", ArgoGrant.ARGO, "workflows", "follow the workflow (argo watch)"),
            ArgoGrant.of("get", "", "pods/log", "read the logs of its pods (argo logs)"));

    private final WorkflowFacts workflow;
    private final Fact<Identity> submitter;

    /**
     * Returns the rights that a user needs to submit a workflow in a namespace, if the workflow refers to no template.
     */
    public static List<Right> toSubmit(String namespace) {
        return Stream.concat(
                        Stream.of(Right.of("create", ArgoGrant.ARGO, "workflows", namespace)),
                        FOLLOW.stream().flatMap(grant -> grant.rights(namespace, "").stream()))
                .toList();
    }

    SubmitterRights(WorkflowFacts workflow, Fact<Identity> submitter) {
        this.workflow = workflow;
        this.submitter = submitter;
    }

    Stream<RightQuestion> questions() {
        Document document = workflow.document();
        String namespace = workflow.namespace();
        if (workflow.creator().isPresent() || workflow.isMadeByTrigger()) {
            return Stream.empty();
        }
        return switch (document.kind()) {
            case "Workflow" ->
                Stream.of(question(
                                Right.of("create", ArgoGrant.ARGO, "workflows", namespace),
                                "submit the workflow (kubectl create, argo submit)"))
                        .flatMap(create -> Stream.concat(
                                Stream.of(create),
                                referencesAndFollowing(document.root().path("spec"))));
            case "CronWorkflow" ->
                document.isInFile()
                        ? Stream.concat(
                                apply(Resource.CRON_WORKFLOWS, document),
                                references(document.root().path("spec").path("workflowSpec")))
                        : Stream.empty();
            case "WorkflowTemplate", "ClusterWorkflowTemplate" ->
                ofTemplate(Objects.requireNonNull(TEMPLATES.get(document.kind())), document);
            default -> Stream.empty();
        };
    }

    private Stream<RightQuestion> referencesAndFollowing(JsonNode spec) {
        Stream<RightQuestion> follow = FOLLOW.stream()
                .flatMap(grant ->
                        grant.rights(workflow.namespace(), "").stream().map(right -> question(right, grant.purpose())));
        return Stream.concat(references(spec), follow);
    }

    private Stream<RightQuestion> ofTemplate(Resource kind, Document document) {
        RightQuestion submit = question(
                Right.of("create", ArgoGrant.ARGO, "workflows", workflow.namespace()),
                "submit a workflow from the template (argo submit --from)");
        return Stream.concat(
                document.isInFile()
                        ? apply(kind, document)
                        : Stream.of(question(get(kind, document.name()), "read the template (argo submit --from)")),
                Stream.of(submit));
    }

    /**
     * Returns the rights for {@code kubectl apply}: {@code create} is needed once, {@code get} and {@code patch}
     * whenever the object changes.
     */
    private Stream<RightQuestion> apply(Resource kind, Document document) {
        String objectNamespace = kind.namespaced() ? workflow.namespace() : "";
        return Stream.of("create", "get", "patch")
                .map(verb -> question(
                        Right.of(verb, kind, objectNamespace).named(verb.equals("create") ? "" : document.name()),
                        "apply the " + kind.kind() + " (kubectl apply)"));
    }

    private Stream<RightQuestion> references(JsonNode spec) {
        String purpose = "read the template that the workflow refers to (argo submit; kubectl create does not)";
        return references(spec, workflow.namespace()).map(right -> question(right, purpose));
    }

    /** Returns the right to read each template to which a WorkflowSpec refers. */
    static Stream<Right> references(JsonNode spec, String namespace) {
        Set<String> clusterScoped = new LinkedHashSet<>();
        Set<String> namespaced = new LinkedHashSet<>();
        for (String field : new String[] {"workflowTemplateRef", "templateRef"}) {
            spec.findValues(field).forEach(reference -> {
                String name = Json.text(reference, "name");
                if (!name.isEmpty() && !name.contains("{{")) {
                    (reference.path("clusterScope").asBoolean() ? clusterScoped : namespaced).add(name);
                }
            });
        }
        return Stream.concat(
                namespaced.stream()
                        .map(name -> Right.of("get", Resource.WORKFLOW_TEMPLATES, namespace)
                                .named(name)),
                clusterScoped.stream()
                        .map(name -> Right.of("get", Resource.CLUSTER_WORKFLOW_TEMPLATES, namespace)
                                .named(name)));
    }

    private Right get(Resource kind, String name) {
        return Right.of("get", kind, workflow.namespace()).named(name);
    }

    private RightQuestion question(Right right, String purpose) {
        return question(right, Purpose.of(Purpose.Kind.OTHER, purpose));
    }

    private RightQuestion question(Right right, Purpose purpose) {
        return new RightQuestion(Party.SUBMITTER, submitter, Fact.known(right), purpose, List.of(workflow), List.of());
    }
}
