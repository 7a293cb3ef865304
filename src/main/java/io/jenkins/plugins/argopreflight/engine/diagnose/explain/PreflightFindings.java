package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckResult;
import io.jenkins.plugins.argopreflight.engine.check.CheckRunner;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.facts.CollectRequest;
import io.jenkins.plugins.argopreflight.engine.facts.Collector;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The findings of the preflight for the workflow and its pods. The preflight runs at the first use: the diagnosis of a
 * healthy workflow needs no preflight.
 */
final class PreflightFindings {

    private final ClusterGateway cluster;
    private final Registry registry;
    private final DiagnoseRequest request;
    private final int concurrency;
    /** The images that containers of the pods wait for, since they could not be pulled. */
    private final Set<String> failed;

    private final Once<Result> workflow;
    private final Once<Result> pods;

    /**
     * The result of a preflight.
     *
     * @param facts the facts; empty if there was nothing to check
     */
    record Result(Optional<Facts> facts, List<Finding> findings) {
        static final Result NONE = new Result(Optional.empty(), List.of());
    }

    PreflightFindings(
            ClusterGateway cluster,
            Registry registry,
            DiagnoseRequest request,
            int concurrency,
            ObservedState observed) {
        this.cluster = cluster;
        this.registry = registry;
        this.request = request;
        this.concurrency = concurrency;
        this.failed = observed.allPods().stream()
                .flatMap(pod -> pod.containers().stream())
                .filter(each ->
                        PodSymptoms.origin(each.waitingReason()).stream().anyMatch(TextOrigin.PULL::equals))
                .map(ContainerState::image)
                .collect(Collectors.toSet());
        this.workflow = new Once<>(() -> check(observed.state().stream()
                .map(state -> document(
                        "Workflow",
                        state.name(),
                        WorkflowDefaults.removeFrom(
                                state.manifest(),
                                cluster,
                                request.argoNamespace(),
                                observed.controller().settings())))
                .toList()));
        this.pods = new Once<>(() -> check(observed.manifests().entrySet().stream()
                .map(pod -> document("Pod", pod.getKey(), pod.getValue()))
                .toList()));
    }

    private static Document document(String kind, String name, ObjectNode manifest) {
        return Document.of(kind + " \"" + name + "\" of the cluster", manifest);
    }

    private Result check(List<Document> documents) {
        if (documents.isEmpty()) {
            return Result.NONE;
        }
        CollectRequest collection = new CollectRequest(
                new WorkflowRequest(
                        documents, request.namespace(), request.argoNamespace(), Optional.empty(), List.of(), Map.of()),
                List.of(),
                Optional.empty(),
                "",
                request.nodeCredentials(),
                failed);
        try {
            Facts facts = new Collector(Fact.known(cluster), /* clusterAsked= */ true, registry, concurrency)
                    .collect(collection);
            List<Finding> findings = new CheckRunner(Checks.all())
                    .run(facts).stream()
                            .map(CheckResult::findings)
                            .flatMap(List::stream)
                            .toList();
            return new Result(Optional.of(facts), findings);
        } catch (IllegalArgumentException | ManifestException e) {
            return Result.NONE;
        }
    }

    /** Returns the result for the workflow without the defaults of its controller. */
    Result ofWorkflow() {
        return workflow.get();
    }

    /** Returns the result for the pods as they exist in the cluster. */
    Result ofPods() {
        return pods.get();
    }

    /**
     * Returns the finding of these checks that explains a pod best; the first check is the best. A finding can name
     * another pod of the same template, since equal pods share a finding; it is used if that pod cannot pull the image
     * either.
     *
     * @param image the image that the pod cannot pull; {@code ""} for other problems
     */
    static Optional<Finding> find(
            Result result, List<String> checks, List<String> pods, String container, String image) {
        List<Finding> fitting = result.findings().stream()
                .filter(finding -> isProblem(finding) && rank(checks, finding) >= 0)
                .filter(finding -> isOf(finding, container))
                .sorted(Comparator.comparing((Finding finding) -> rank(checks, finding))
                        .thenComparing(finding -> finding.subject().container().isEmpty())
                        .thenComparing(finding -> finding.outcome() != Outcome.FAIL))
                .toList();
        return fitting.stream()
                .filter(finding -> concerns(finding, pods))
                .findFirst()
                .or(() -> fitting.stream()
                        .filter(finding -> finding.pods().stream()
                                .filter(reportedPod -> pods.stream().anyMatch(pod -> isEqual(reportedPod, pod)))
                                .anyMatch(reportedPod -> fails(result, reportedPod, image)))
                        .findFirst());
    }

    /** Returns whether the pod cannot pull this image. */
    private static boolean fails(Result result, String pod, String image) {
        return result.facts().stream()
                .flatMap(facts -> facts.pulls().stream())
                .anyMatch(row -> row.pod().name().equals(pod)
                        && row.pull().image().equals(image)
                        && row.pull().verdict() != Verdict.OK);
    }

    /** Returns whether two pods are of one template: their names differ in the number at the end. */
    private static boolean isEqual(String one, String other) {
        String template = one.replaceFirst("-[0-9*]+$", "-");
        return template.endsWith("-") && template.equals(other.replaceFirst("-[0-9]+$", "-"));
    }

    /** Returns the findings that will stop these pods later, after their present problem is fixed. */
    static List<Finding> laterFailures(Result result, List<String> pods) {
        return failures(result, pods).stream()
                .filter(finding -> !finding.pods().isEmpty())
                .toList();
    }

    /** Returns the findings that stop these pods or the workflow as a whole; without pods, those that stop any pod. */
    static List<Finding> failures(Result result, List<String> pods) {
        return result.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL && finding.severity() == Severity.ERROR)
                .filter(finding -> concerns(finding, pods))
                .toList();
    }

    /**
     * Returns the index of a finding's check among checks, each {@code id} or {@code id/cause}; -1 if it is not one of
     * them.
     */
    private static int rank(List<String> checks, Finding finding) {
        int ofCheck = checks.indexOf(finding.check());
        return ofCheck >= 0 ? ofCheck : checks.indexOf(finding.check() + "/" + finding.cause());
    }

    private static boolean isProblem(Finding finding) {
        return finding.outcome() == Outcome.FAIL || finding.outcome() == Outcome.WARN;
    }

    static boolean concerns(Finding finding, List<String> pods) {
        return finding.pods().isEmpty()
                || pods.isEmpty()
                || finding.pods().stream().anyMatch(glob -> pods.stream().anyMatch(pod -> Glob.matches(glob, pod)));
    }

    /** Returns whether a finding is about a container ("" for any), or about no single one. */
    private static boolean isOf(Finding finding, String container) {
        return container.isEmpty()
                || finding.subject().container().isEmpty()
                || finding.subject().container().equals(container);
    }
}
