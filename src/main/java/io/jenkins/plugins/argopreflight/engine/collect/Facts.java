package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.LeftOut;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.collect.node.Placement;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ControllerFacts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that checks judge, collected once; nothing in it does I/O.
 *
 * @param submitter who will submit: whom the API server takes us for, or whom the request names
 * @param kubernetes the API server's version, such as {@code v1.34.4}
 * @param controller Argo's version and settings, its defaults where they are not known
 * @param controllerSettings the controller's ConfigMap as it stands; Unknown when no one could read it
 * @param argoNamespace where the controller runs
 * @param given every document of the given files, also those that are no workflow
 * @param workflows each workflow and its pods
 * @param pulls a row for each image, container and consumer
 * @param permissions a row for each right that someone needs
 * @param admissions what the API server says to the workflows and to each distinct pod
 * @param cluster the cluster's objects that any of this refers to
 * @param unseen what could not be checked
 * @param derived what checks made of all this
 */
public record Facts(
        Fact<Identity> submitter,
        Fact<String> kubernetes,
        Controller controller,
        Fact<Document> controllerSettings,
        String argoNamespace,
        List<Document> given,
        List<WorkflowFacts> workflows,
        List<PodPull> pulls,
        List<NeededRight> permissions,
        List<Admission> admissions,
        ClusterView cluster,
        List<Unavailable> unseen,
        Derived derived) {

    public Facts {
        given = List.copyOf(given);
        workflows = List.copyOf(workflows);
        pulls = List.copyOf(pulls);
        permissions = List.copyOf(permissions);
        admissions = List.copyOf(admissions);
        unseen = List.copyOf(unseen);
    }

    /** What several checks make of these facts: made when it is first asked for, and once. */
    public <T> T derived(Class<T> what, Function<Facts, T> how) {
        return derived.get(what, () -> how.apply(this));
    }

    /** An object as a pod finds it: what an earlier step creates is there, too. */
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

    /** The objects that resource templates create. */
    public CreatedObjects created() {
        return derived(CreatedObjects.class, facts -> CreatedObjects.of(facts.workflows()));
    }

    /** Which nodes the pods can run on. */
    public Placement placement() {
        return derived(Placement.class, facts -> new Placement(facts.cluster().list(Resource.NODES, "")));
    }

    /** Whether no one could determine Argo's version, so that the newest is assumed. */
    public boolean isArgoVersionAssumed() {
        return unseen.stream().anyMatch(each -> each.fact().equals(ControllerFacts.VERSION));
    }

    /** Whether a workflow could not be followed to all of its pods, as what it refers to could not be read or a limit was reached. */
    public boolean isPartial() {
        return workflows.stream()
                .flatMap(workflow -> workflow.problems().stream())
                .anyMatch(problem ->
                        problem.kind() == Problem.Kind.UNKNOWN_REFERENCE || problem.kind() == Problem.Kind.BOUNDED);
    }

    /** The same with what the budget of the run left out since then. */
    public Facts withLeftOut(List<LeftOut> leftOut) {
        List<Unavailable> all = new ArrayList<>(unseen);
        leftOut.stream()
                .map(each -> new Unavailable(each.what(), each.reason(), Optional.empty(), true))
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
                        given,
                        workflows,
                        pulls,
                        permissions,
                        admissions,
                        cluster,
                        all,
                        derived);
    }
}
