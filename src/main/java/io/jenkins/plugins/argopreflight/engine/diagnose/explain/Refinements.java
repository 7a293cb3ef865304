package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The refinement of matches: replaces an entry by a more specific one that the cluster, the controller's settings or a
 * registry confirm.
 */
final class Refinements {

    private static final Set<String> PULL_ENTRIES = Set.of("missing-or-no-right", "no-pull-right", "image-pull-failed");
    private static final Set<String> LOOK_UP_ENTRIES =
            Set.of("look-up-fails", "look-up-forbidden", "look-up-unreachable");

    private static final int MAX_LOG_LINES = 10;

    private final ObservedState observed;
    private final PreflightFindings findings;
    private final ClusterGateway cluster;
    private final Logs logs;

    Refinements(ObservedState observed, PreflightFindings findings, ClusterGateway cluster, Logs logs) {
        this.observed = observed;
        this.findings = findings;
        this.cluster = cluster;
        this.logs = logs;
    }

    /** Returns a more specific match, or the given one. */
    SymptomTable.Match refine(Suspect suspect, Symptom symptom, SymptomTable.Match match) {
        String id = match.entry().id();
        Optional<SymptomTable.Match> better =
                switch (id) {
                    case "quota-full" -> quotaTooSmall(symptom, match);
                    case "out-of-memory" ->
                        Optional.of(newMatch("executor-out-of-memory", match.values(), Map.of()))
                                .filter(ofArgo -> ContainerNames.EXECUTOR.contains(symptom.container()));
                    case "container-failed" ->
                        loggedProblem(suspect, symptom).or(() -> withoutCommand(suspect, symptom, match));
                    default ->
                        LOOK_UP_ENTRIES.contains(id)
                                ? indexNotLoaded(match)
                                : PULL_ENTRIES.contains(id)
                                        ? accountChanged(suspect, symptom).or(() -> unreadSecret(symptom))
                                        : Optional.empty();
                };
        return better.orElse(match);
    }

    /**
     * Returns the match if the pod alone exceeds the quota: {@code exceeded quota: Q, requested: a=1,b=2, used: a=3,
     * limited: a=4}.
     */
    private static Optional<SymptomTable.Match> quotaTooSmall(Symptom symptom, SymptomTable.Match match) {
        Map<String, String> requested = amounts(symptom.text(), "requested: ");
        Map<String, String> limited = amounts(symptom.text(), "limited: ");
        return requested.entrySet().stream()
                .filter(each -> isLarger(each.getValue(), limited.getOrDefault(each.getKey(), "")))
                .findFirst()
                .map(each -> newMatch(
                        "quota-too-small",
                        match.values(),
                        Map.of(
                                "resource", each.getKey(),
                                "requested", each.getValue(),
                                "limited", limited.get(each.getKey()))));
    }

    private static Map<String, String> amounts(String text, String label) {
        Map<String, String> amounts = new HashMap<>();
        int at = text.indexOf(label);
        if (at >= 0) {
            int end = text.indexOf(": ", at + label.length());
            String list = end < 0 ? text.substring(at + label.length()) : text.substring(at + label.length(), end);
            for (String pair : list.split("[,\\s]+")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    amounts.put(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return amounts;
    }

    private static boolean isLarger(String requested, String limited) {
        Optional<Quantity> limit = Quantity.read(limited);
        return limit.isPresent()
                && Quantity.read(requested)
                        .filter(amount -> amount.compareTo(limit.get()) > 0)
                        .isPresent();
    }

    /** Returns the match for a line of the container's log, which can explain an exit code. */
    private Optional<SymptomTable.Match> loggedProblem(Suspect suspect, Symptom symptom) {
        return lines(suspect, symptom).stream()
                .flatMap(line -> SymptomTable.get().match(TextOrigin.LOG, line).stream())
                .findFirst();
    }

    /** Returns the match if the container had no command: the executor then ends with code 2 and without a message. */
    private Optional<SymptomTable.Match> withoutCommand(Suspect suspect, Symptom symptom, SymptomTable.Match match) {
        return symptom.text().endsWith("(exit code 2)")
                ? PreflightFindings.find(
                                findings.ofWorkflow(),
                                List.of("image-without-command"),
                                suspect.podNames(observed.name()),
                                symptom.container(),
                                "")
                        .map(finding -> newMatch("image-without-command", match.values(), Map.of()))
                : Optional.empty();
    }

    /** Returns the last lines of the container's log as evidence. */
    List<Evidence> logEvidence(Suspect suspect, Symptom symptom) {
        String pod = suspect.podName(observed.name());
        String object = pod.isEmpty() ? "node " + suspect.displayName() : "Pod " + observed.namespace() + "/" + pod;
        return LogLines.relevant(lines(suspect, symptom), MAX_LOG_LINES).stream()
                .map(line -> Evidence.ofLog(Visible.line(object), container(symptom), Texts.logLine(line)))
                .toList();
    }

    private List<String> lines(Suspect suspect, Symptom symptom) {
        if (symptom.place() != TextOrigin.EXIT) {
            return List.of();
        }
        String container = container(symptom);
        return suspect.pod()
                .flatMap(pod -> logs.container(observed.namespace(), pod.name(), container)
                        .ifKnown())
                .or(() -> suspect.node()
                        .flatMap(node -> logs.archived(
                                        archivedLog(node, container), suspect.podName(observed.name()), container)
                                .ifKnown()))
                .orElse(List.of());
    }

    /**
     * Returns the container of a symptom. Before Argo 3.7 the message of a node does not name it; in most cases it is
     * main.
     */
    private static String container(Symptom symptom) {
        return symptom.container().isEmpty() ? "main" : symptom.container();
    }

    private Output archivedLog(NodeState node, String container) {
        return Output.logOf(
                observed.namespace(),
                observed.name(),
                observed.state().map(WorkflowState::uid).orElse(""),
                node.id(),
                container);
    }

    /**
     * Returns the match if the image is in the controller's list of commands, so that the controller has not read the
     * list since.
     */
    private Optional<SymptomTable.Match> indexNotLoaded(SymptomTable.Match match) {
        String image = match.values().getOrDefault("image", "");
        return findings.ofWorkflow()
                .facts()
                .filter(facts -> facts.controller().image(image).isPresent())
                .map(facts -> newMatch("image-index-not-loaded", match.values(), Map.of()));
    }

    /** Returns the match if the ServiceAccount lists a pull Secret that it did not list when the pod was created. */
    private Optional<SymptomTable.Match> accountChanged(Suspect suspect, Symptom symptom) {
        PodState pod = suspect.pod().orElse(null);
        if (pod == null || pod.account().isEmpty() || !canPullNow(symptom)) {
            return Optional.empty();
        }
        Optional<ObjectNode> account = new FactReader(cluster)
                .get(Resource.SERVICE_ACCOUNTS, observed.namespace(), pod.account())
                .ifKnown()
                .flatMap(found -> found);
        List<String> current = account.map(found -> KubeObjects.names(found.path("imagePullSecrets")))
                .orElse(List.of());
        return current.isEmpty() || pod.pullSecrets().containsAll(current)
                ? Optional.empty()
                : Optional.of(newMatch(
                        "pod-before-pull-secret",
                        Map.of(),
                        Map.of(
                                "secrets",
                                String.join(", ", current),
                                "frozen",
                                pod.pullSecrets().isEmpty() ? "none" : String.join(", ", pod.pullSecrets()))));
    }

    /** Returns the match for a pull Secret that the kubelet could not read, if an event of the pod names it. */
    private static Optional<SymptomTable.Match> unreadSecret(Symptom symptom) {
        return Optional.ofNullable(symptom.values().get(PodSymptoms.SECRET))
                .map(secret -> newMatch("pull-secret-unread", Map.of(PodSymptoms.SECRET, secret), Map.of()));
    }

    /** Returns whether a new pod of the workflow could pull the image now. */
    private boolean canPullNow(Symptom symptom) {
        List<PodPull> pulls =
                findings.ofWorkflow().facts().map(facts -> facts.pulls()).orElse(List.of());
        return pulls.stream()
                .filter(pull -> !pull.isLookUp()
                        && pull.pull().image().equals(symptom.values().get("image")))
                .anyMatch(pull -> pull.pull().verdict() == Verdict.OK);
    }

    private static SymptomTable.Match newMatch(
            String entry, Map<String, String> values, Map<String, String> newValues) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(newValues);
        return new SymptomTable.Match(SymptomTable.get().entry(entry), all);
    }
}
