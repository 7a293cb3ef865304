package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The symptoms of a pod that waited until a deadline or a user ended it, and that Argo then deleted: it deletes pods
 * that have not started. The pod's events stay for an hour.
 */
final class VanishedPod {

    /** The beginning of the message of kubelets up to 1.34 for a started container. */
    private static final String STARTED = "Started container ";

    private static final String PULL = "Failed to pull image \"";

    private VanishedPod() {}

    /** Returns the last symptom that kept the pod from starting; none for a pod that ran. */
    static List<Symptom> of(ObservedState observed, Suspect suspect) {
        boolean overdue = suspect.isOverdue();
        if (!overdue && !suspect.isStopped()) {
            return List.of();
        }
        return suspect.podNames(observed.name()).stream()
                .flatMap(pod -> last(observed, suspect, pod).stream())
                .filter(symptom -> overdue || isPermanent(symptom))
                .limit(1)
                .toList();
    }

    /**
     * Returns the init container that ran until a deadline: the last container that started, if it is an init
     * container.
     */
    static Optional<HangDetector.Hang> init(ObservedState observed, Templates templates, Suspect suspect) {
        return suspect.podNames(observed.name()).stream()
                .flatMap(pod -> observed.eventsOf("Pod", pod).stream())
                .filter(event -> event.reason().equals(EventState.STARTED)
                        && event.message().startsWith(STARTED))
                .max(Comparator.comparing(VanishedPod::time))
                .filter(event -> templates.hasInit(
                        suspect.node().orElseThrow(), event.message().substring(STARTED.length())))
                .map(event -> HangDetector.hang(
                        suspect,
                        "init-container-runs",
                        Texts.evidence(observed.namespace(), event),
                        Map.of("pod", event.name(), "container", event.message().substring(STARTED.length()))));
    }

    /** Returns whether the symptom is permanent, so that it can be the reason for which the workflow was stopped. */
    private static boolean isPermanent(Symptom symptom) {
        return SymptomTable.get()
                .match(symptom.place(), symptom.text())
                .flatMap(match -> match.entry().permanent())
                .orElse(false);
    }

    private static Optional<Symptom> last(ObservedState observed, Suspect suspect, String pod) {
        List<EventState> events = observed.eventsOf("Pod", pod);
        Instant started = events.stream()
                .filter(event -> event.reason().equals(EventState.STARTED))
                .map(VanishedPod::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return events.stream()
                .filter(event -> !time(event).isBefore(started))
                .sorted(Comparator.comparing(VanishedPod::time).reversed())
                .flatMap(event ->
                        PodSymptoms.origin(event)
                                .map(origin -> symptom(observed, suspect, pod, origin, event))
                                .stream())
                .findFirst();
    }

    private static Instant time(EventState event) {
        return event.last().orElse(Instant.MIN);
    }

    private static Symptom symptom(
            ObservedState observed, Suspect suspect, String pod, TextOrigin origin, EventState event) {
        Map<String, String> values = new HashMap<>(Map.of("pod", pod));
        List<Evidence> evidence = new ArrayList<>(List.of(Texts.evidence(observed.namespace(), event)));
        if (origin == TextOrigin.PULL) {
            PodSymptoms.unreadSecrets(observed.eventsOf("Pod", pod)).ifPresent(unread -> {
                values.putAll(PodSymptoms.unreadSecretValue(unread));
                evidence.add(Texts.evidence(observed.namespace(), unread));
            });
        }
        suspect.node().ifPresent(node -> values.put("node", node.host()));
        if (event.message().startsWith(PULL)) {
            String image = event.message().substring(PULL.length());
            values.putAll(PodSymptoms.imageValues(image.substring(0, Math.max(0, image.indexOf('"')))));
        }
        return new Symptom(origin, PodSymptoms.text(origin, event), pod, "", evidence, values);
    }
}
