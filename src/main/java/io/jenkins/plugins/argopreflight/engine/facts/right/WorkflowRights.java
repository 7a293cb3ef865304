package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The rights that a workflow's pods need at the API server: for the executor, the agent, the deletion of artifacts, and
 * the object of a resource template.
 *
 * @see <a href="https://argo-workflows.readthedocs.io/en/latest/workflow-rbac/">Workflow RBAC</a>; the Roles of
 *     manifests/quick-start/base in each release
 */
public final class WorkflowRights {

    private static final Map<ArgoPod.Kind, List<ArgoGrant>> GRANTS = Map.of(
            ArgoPod.Kind.WORKLOAD,
            List.of(
                    ArgoGrant.of(
                                    "create patch",
                                    ArgoGrant.ARGO,
                                    "workflowtaskresults",
                                    Purpose.of(Purpose.Kind.RESULTS, "executor reports its results"))
                            .since("3.4"),
                    ArgoGrant.of(
                                    "get patch",
                                    "",
                                    "pods",
                                    Purpose.of(
                                            Purpose.Kind.RESULTS,
                                            "executor reports its results by the pod (until Argo 3.5)"))
                            .until("3.6"),
                    ArgoGrant.of(
                                    "watch",
                                    "",
                                    "pods",
                                    Purpose.of(Purpose.Kind.RESULTS, "executor watches its pod (until Argo 3.3)"))
                            .until("3.4")),
            ArgoPod.Kind.AGENT,
            List.of(
                    ArgoGrant.of(
                            "list watch", ArgoGrant.ARGO, "workflowtasksets", "agent hears of http and plugin tasks"),
                    ArgoGrant.of(
                            "patch",
                            ArgoGrant.ARGO,
                            "workflowtasksets/status",
                            "agent reports what its tasks came to")),
            ArgoPod.Kind.ARTIFACT_GC,
            List.of(
                    ArgoGrant.of(
                            "list watch",
                            ArgoGrant.ARGO,
                            "workflowartifactgctasks",
                            "artifact GC hears what to delete"),
                    ArgoGrant.of(
                            "patch",
                            ArgoGrant.ARGO,
                            "workflowartifactgctasks/status",
                            "artifact GC reports deletions")));

    /** The purpose for which the agent needs Secrets. */
    private static final Purpose HEADERS =
            Purpose.of(Purpose.Kind.HEADERS, "agent reads the headers of http templates");

    private final WorkflowFacts workflow;
    private final ArgoVersion version;
    private final ClusterKinds kinds;

    WorkflowRights(WorkflowFacts workflow, ArgoVersion version, ClusterKinds kinds) {
        this.workflow = workflow;
        this.version = version;
        this.kinds = kinds;
    }

    /** Returns the rights that the executor of each pod in the namespace needs. */
    public static List<Right> ofExecutor(String namespace, ArgoVersion version) {
        return Objects.requireNonNull(GRANTS.get(ArgoPod.Kind.WORKLOAD)).stream()
                .filter(grant -> grant.isNeededIn(version))
                .flatMap(grant -> grant.rights(namespace, "").stream())
                .toList();
    }

    Stream<RightQuestion> questions() {
        return workflow.pods().stream()
                .filter(pod -> !pod.isOfCaller(account(pod)))
                .flatMap(pod -> Stream.of(ofExecutor(pod), ofSecrets(pod), ofResourceTemplate(pod))
                        .flatMap(questions -> questions));
    }

    private Stream<RightQuestion> ofSecrets(ArgoPod pod) {
        return pod.secrets().stream()
                .map(name -> question(
                        pod,
                        new ResourceTemplate.Needed(
                                Fact.known(Right.of("get", "", "secrets", workflow.namespace())
                                        .named(name)),
                                HEADERS)));
    }

    private Stream<RightQuestion> ofExecutor(ArgoPod pod) {
        return GRANTS.getOrDefault(pod.kind(), List.of()).stream()
                .filter(grant -> grant.isNeededIn(version))
                .flatMap(grant -> grant.rights(workflow.namespace(), "").stream()
                        .map(right -> question(pod, new ResourceTemplate.Needed(Fact.known(right), grant.purpose()))));
    }

    private Stream<RightQuestion> ofResourceTemplate(ArgoPod pod) {
        JsonNode template = PodTemplate.with("resource", pod);
        return ResourceTemplate.of(template, workflow.namespace(), kinds)
                .filter(needed -> needed.right().ifKnown().isPresent() || !workflow.isOfCaller(template.toString()))
                .map(needed -> question(pod, needed));
    }

    private RightQuestion question(ArgoPod pod, ResourceTemplate.Needed needed) {
        Fact<Identity> who = identity(account(pod));
        return new RightQuestion(
                Party.WORKFLOW, who, needed.right(), needed.purpose(), List.of(workflow), List.of(pod));
    }

    /** Returns the ServiceAccount with which Argo's own containers act at the API server. */
    static String account(ArgoPod pod) {
        String podAccount = pod.spec().path("serviceAccountName").asText("default");
        return pod.executorAccount().isEmpty() ? podAccount : pod.executorAccount();
    }

    private Fact<Identity> identity(String account) {
        return account.contains("{{")
                ? Fact.unknown("the ServiceAccount's name " + account + " is not known before the workflow runs")
                : Fact.known(Identity.ofServiceAccount(workflow.namespace(), account.isEmpty() ? "default" : account));
    }
}
