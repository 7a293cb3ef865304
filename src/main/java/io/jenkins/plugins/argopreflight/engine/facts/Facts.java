package io.jenkins.plugins.argopreflight.engine.facts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerAssumptions.VersionSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.node.Placement;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.limits.LeftOut;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The facts that checks read. They are collected once; no method does I/O.
 *
 * @param submitter the identity that submits the workflows: that of the credentials in use, or the one in the request
 * @param kubernetes the version of the API server, such as {@code v1.34.4}
 * @param controller the version and settings of Argo; defaults where they are unknown
 * @param controllerSettings the controller's ConfigMap; Unknown if it could not be read
 * @param argoNamespace the namespace of the controller
 * @param documents the documents of the files to check, also those that are not workflows
 * @param workflows the workflows with their pods
 * @param pulls a pull for each image, container and pod
 * @param permissions a row for each right that the submitter, the controller or a pod needs
 * @param admissions the answers of the API server to the workflows and to each distinct pod
 * @param cluster the objects of the cluster that the workflows refer to
 * @param unseen the facts that could not be read
 * @param derived the values that checks computed from these facts
 */
public record Facts(
        Fact<Identity> submitter,
        Fact<String> kubernetes,
        Controller controller,
        Fact<Document> controllerSettings,
        String argoNamespace,
        List<Document> documents,
        List<WorkflowFacts> workflows,
        List<PodPull> pulls,
        List<NeededRight> permissions,
        List<Admission> admissions,
        ClusterView cluster,
        List<Unavailable> unseen,
        DerivedValues derived) {

    public Facts {
        documents = List.copyOf(documents);
        workflows = List.copyOf(workflows);
        pulls = List.copyOf(pulls);
        permissions = List.copyOf(permissions);
        admissions = List.copyOf(admissions);
        unseen = List.copyOf(unseen);
    }

    /** Returns a value that several checks compute from these facts. It is computed at the first call. */
    public <T> T derived(Class<T> type, Function<Facts, T> computation) {
        return derived.get(type, () -> computation.apply(this));
    }

    /** Returns an object as the pod finds it: that of the cluster, else the object that an earlier step creates. */
    public Fact<Optional<ObjectNode>> found(ArgoPod pod, Resource resource, String namespace, String name) {
        Fact<Optional<ObjectNode>> inCluster = cluster.get(resource, namespace, name);
        if (inCluster.ifKnown().flatMap(object -> object).isPresent()) {
            return inCluster;
        }
        Optional<ObjectNode> created = created().find(pod, resource, namespace, name);
        return created.isPresent() ? Fact.known(created) : inCluster;
    }

    /** The pods of all workflows. */
    public Stream<ArgoPod> pods() {
        return workflows.stream().flatMap(workflow -> workflow.pods().stream());
    }

    public CreatedObjects created() {
        return derived(CreatedObjects.class, facts -> CreatedObjects.of(facts.workflows()));
    }

    /** Returns the nodes on which the pods can run. */
    public Placement placement() {
        return derived(Placement.class, facts -> new Placement(facts.cluster().list(Resource.NODES, "")));
    }

    /** Returns whether Argo's version could not be determined. The newest version is assumed. */
    public boolean isArgoVersionUnknown() {
        return controller.assumed().version() == VersionSource.NEWEST;
    }

    /** Returns whether pods of a workflow are missing, because a template could not be read or a limit was reached. */
    public boolean isPartial() {
        return workflows.stream()
                .flatMap(workflow -> workflow.problems().stream())
                .anyMatch(problem ->
                        problem.kind() == Problem.Kind.UNKNOWN_REFERENCE || problem.kind() == Problem.Kind.BOUNDED);
    }

    /** Returns these facts with the parts that were left out later because the budget of the run was exceeded. */
    public Facts withLeftOut(List<LeftOut> leftOut) {
        List<Unavailable> all = new ArrayList<>(unseen);
        leftOut.stream()
                .map(each -> Unavailable.requested(each.what(), each.reason(), Optional.empty()))
                .filter(each -> !unseen.contains(each))
                .forEach(all::add);
        return all.size() == unseen.size()
                ? this
                : new Facts(
                        submitter,
                        kubernetes,
                        controller,
                        controllerSettings,
                        argoNamespace,
                        documents,
                        workflows,
                        pulls,
                        permissions,
                        admissions,
                        cluster,
                        all,
                        derived);
    }
}
