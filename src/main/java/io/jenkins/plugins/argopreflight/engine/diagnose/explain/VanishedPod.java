package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
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
 * What a pod waited for until a deadline or a user ended it, when Argo has deleted it: it deletes those that have not
 * started. Its events stay for an hour.
 */
final class VanishedPod {

    /** As kubelets up to 1.34 write it. */
    private static final String STARTED = "Started container ";

    private static final String PULL = "Failed to pull image \"";

    private VanishedPod() {}

    /** The last thing that kept it from starting; nothing of a pod that ran. */
    static List<Symptom> of(Observed observed, Suspect suspect) {
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

    /** The init container that ran until a deadline: the last container that started, as main never did. */
    static Optional<Hangs.Hang> init(Observed observed, Templates templates, Suspect suspect) {
        return suspect.podNames(observed.name()).stream()
                .flatMap(pod -> observed.eventsOf("Pod", pod).stream())
                .filter(event -> event.reason().equals(EventState.STARTED)
                        && event.message().startsWith(STARTED))
                .max(Comparator.comparing(VanishedPod::time))
                .filter(event -> templates.hasInit(
                        suspect.node().orElseThrow(), event.message().substring(STARTED.length())))
                .map(event -> Hangs.hang(
                        suspect,
                        "init-container-runs",
                        Texts.evidence(observed.namespace(), event),
                        Map.of("pod", event.name(), "container", event.message().substring(STARTED.length()))));
    }

    /** Whether it would have been a reason to stop the workflow. */
    private static boolean isPermanent(Symptom symptom) {
        return SymptomTable.get()
                .match(symptom.place(), symptom.text())
                .flatMap(match -> match.entry().permanent())
                .orElse(false);
    }

    private static Optional<Symptom> last(Observed observed, Suspect suspect, String pod) {
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
                        PodSymptoms.place(event).map(place -> symptom(observed, suspect, pod, place, event)).stream())
                .findFirst();
    }

    private static Instant time(EventState event) {
        return event.last().orElse(Instant.MIN);
    }

    private static Symptom symptom(Observed observed, Suspect suspect, String pod, TextOrigin place, EventState event) {
        Map<String, String> values = new HashMap<>(Map.of("pod", pod));
        List<Evidence> evidence = new ArrayList<>(List.of(Texts.evidence(observed.namespace(), event)));
        if (place == TextOrigin.PULL) {
            PodSymptoms.unreadSecrets(observed.eventsOf("Pod", pod)).ifPresent(unread -> {
                values.putAll(PodSymptoms.ofUnread(unread));
                evidence.add(Texts.evidence(observed.namespace(), unread));
            });
        }
        suspect.node().ifPresent(node -> values.put("node", node.host()));
        if (event.message().startsWith(PULL)) {
            String image = event.message().substring(PULL.length());
            values.putAll(PodSymptoms.ofImage(image.substring(0, Math.max(0, image.indexOf('"')))));
        }
        return new Symptom(place, PodSymptoms.text(place, event), pod, "", evidence, values);
    }
}
