package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.collect.Permission.Party;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a pod needs of the API server: its executor, the agent, the deletion of artifacts, the object of a resource
 * template.
 *
 * @see <a href="https://argo-workflows.readthedocs.io/en/latest/workflow-rbac/">Workflow RBAC</a>; the Roles of
 *     manifests/quick-start/base in each release
 */
final class WorkflowNeeds {

    private static final Map<ArgoPod.Kind, List<Grant>> GRANTS = Map.of(
            ArgoPod.Kind.WORKLOAD,
            List.of(
                    Grant.of("create patch", Grant.ARGO, "workflowtaskresults", "executor reports its results")
                            .since("3.4"),
                    Grant.of("get patch", "", "pods", "executor reports its results by the pod (until Argo 3.5)")
                            .until("3.6"),
                    Grant.of("watch", "", "pods", "executor watches its pod (until Argo 3.3)")
                            .until("3.4")),
            ArgoPod.Kind.AGENT,
            List.of(
                    Grant.of("list watch", Grant.ARGO, "workflowtasksets", "agent hears of http and plugin tasks"),
                    Grant.of("patch", Grant.ARGO, "workflowtasksets/status", "agent reports what its tasks came to")),
            ArgoPod.Kind.ARTIFACT_GC,
            List.of(
                    Grant.of("list watch", Grant.ARGO, "workflowartifactgctasks", "artifact GC hears what to delete"),
                    Grant.of("patch", Grant.ARGO, "workflowartifactgctasks/status", "artifact GC reports deletions")));

    /** The controller sets it on each pod; source: argo-workflows workflow/common/common.go. */
    private static final String WORKFLOW_LABEL = "workflows.argoproj.io/workflow";

    private final WorkflowFacts workflow;
    private final ArgoVersion version;
    private final Kinds kinds;

    WorkflowNeeds(WorkflowFacts workflow, ArgoVersion version, Kinds kinds) {
        this.workflow = workflow;
        this.version = version;
        this.kinds = kinds;
    }

    Stream<Need> all() {
        return workflow.pods().stream().flatMap(pod -> Stream.concat(grants(pod), objects(pod)));
    }

    private Stream<Need> grants(ArgoPod pod) {
        if (!hasExecutor()) {
            return Stream.empty();
        }
        return GRANTS.get(pod.kind()).stream()
                .filter(grant -> grant.holds(version))
                .flatMap(grant -> grant.rights(workflow.namespace(), "").stream()
                        .map(right -> need(pod, new ResourceTemplate.Wanted(Fact.known(right), grant.neededFor()))));
    }

    /** A Pod that no controller of Argo created runs no executor. */
    private boolean hasExecutor() {
        Document document = workflow.document();
        return !document.kind().equals("Pod")
                || document.root().path("metadata").path("labels").has(WORKFLOW_LABEL);
    }

    private Stream<Need> objects(ArgoPod pod) {
        return ResourceTemplate.of(PodTemplate.of(pod), workflow.namespace(), kinds)
                .map(wanted -> need(pod, wanted));
    }

    private Need need(ArgoPod pod, ResourceTemplate.Wanted wanted) {
        Fact<Identity> who = who(account(pod));
        return new Need(Party.WORKFLOW, who, wanted.right(), wanted.neededFor(), List.of(workflow), List.of(pod));
    }

    /** As whom Argo's own containers talk to the API server. */
    static String account(ArgoPod pod) {
        String own = pod.spec().path("serviceAccountName").asText("default");
        return pod.executorAccount().isEmpty() ? own : pod.executorAccount();
    }

    private Fact<Identity> who(String account) {
        return account.contains("{{")
                ? Fact.unknown("the ServiceAccount's name " + account + " is not known before the workflow runs")
                : Fact.known(Identity.ofServiceAccount(workflow.namespace(), account.isEmpty() ? "default" : account));
    }
}
