package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState.Terminated;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.image.InvalidImageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The symptoms of one pod: of the pod as a whole, then of its containers in Argo's order (init containers, main, wait,
 * sidecars), then of its scheduling. For a pod that exceeded its deadline, the pod as a whole comes last.
 */
final class PodSymptoms {

    /** Waits of a pod that is only beginning. */
    private static final Set<String> BEGINNING = Set.of("PodInitializing", "ContainerCreating", "CrashLoopBackOff");

    private static final Set<String> START = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "PreStartHookError",
            "PostStartHookError");
    private static final Set<String> MOUNT = Set.of("FailedMount", "FailedAttachVolume");
    private static final Set<String> SANDBOX = Set.of("FailedCreatePodSandBox", "NetworkNotReady", "FailedSync");
    /** What the kubelet says of a volume when its pod begins or has ended. */
    private static final Set<String> NOISE = Set.of(" not registered", " cache: timed out waiting for the condition");

    /** Events of images that the kubelet does not pull. */
    private static final Set<String> UNPULLED = Set.of("ErrImageNeverPull", "InspectFailed");

    private static final Set<Integer> ENDED_BY_ARGO = Set.of(137, 143);

    /** The value that names a pull Secret which the kubelet did not get. */
    static final String SECRET = "secret";

    private static final Pattern UNREAD = Pattern.compile("image pull secrets \\(([^),\\s]+)");

    private final String namespace;
    private final PodState pod;
    private final List<EventState> events;
    private final List<Symptom> symptoms = new ArrayList<>();

    private PodSymptoms(String namespace, PodState pod, List<EventState> events) {
        this.namespace = namespace;
        this.pod = pod;
        this.events = events;
    }

    /** @param events of this pod */
    static List<Symptom> of(String namespace, PodState pod, List<EventState> events) {
        return new PodSymptoms(namespace, pod, events).all();
    }

    /** Where the reason of a waiting container belongs; empty for one that is only beginning. */
    static Optional<TextOrigin> place(String waitingReason) {
        return waitingReason.isEmpty() || BEGINNING.contains(waitingReason)
                ? Optional.empty()
                : Optional.of(START.contains(waitingReason) ? TextOrigin.START : TextOrigin.PULL);
    }

    /** Where the text of an event belongs that keeps a pod from starting; empty for another event. */
    static Optional<TextOrigin> place(EventState event) {
        boolean pull = UNPULLED.contains(event.reason())
                || event.reason().equals("Failed") && event.message().startsWith("Failed to pull image ");
        TextOrigin place = pull
                ? TextOrigin.PULL
                : isStartFailure(event)
                        ? TextOrigin.START
                        : MOUNT.contains(event.reason())
                                ? TextOrigin.VOLUME
                                : SANDBOX.contains(event.reason())
                                        ? TextOrigin.SANDBOX
                                        : event.reason().equals("FailedScheduling") ? TextOrigin.SCHEDULING : null;
        return Optional.ofNullable(place).filter(each -> !isNoise(event));
    }

    private static boolean isNoise(EventState event) {
        return NOISE.stream().anyMatch(event.message()::endsWith);
    }

    /**
     * The text of an event as a container's waiting state or a condition has it: after its reason, where that says
     * more.
     */
    static String text(TextOrigin place, EventState event) {
        return switch (place) {
            case SCHEDULING -> "Unschedulable: " + event.message();
            case SANDBOX -> event.reason() + ": " + event.message();
            default -> event.message();
        };
    }

    private List<Symptom> all() {
        boolean deadline = pod.isOverdue();
        if (!deadline) {
            whole();
        }
        pod.containers().forEach(this::container);
        scheduling();
        if (symptoms.isEmpty() && (!pod.isEnded() || deadline)) {
            beginning();
        }
        if (deadline) {
            whole();
        }
        return List.copyOf(symptoms);
    }

    /** Of a container that waited until the deadline, the kubelet then says that it knows no end. */
    private static boolean isUnknown(ContainerState container) {
        return container
                .terminated()
                .filter(end -> end.reason().equals("ContainerStatusUnknown"))
                .isPresent();
    }

    private void whole() {
        if (pod.phase().equals("Failed") && !(pod.reason() + pod.message()).isEmpty()) {
            add(TextOrigin.POD, joined(pod.reason(), pod.message()), "", "status.message", Map.of());
        }
        pod.condition("DisruptionTarget")
                .filter(condition -> condition.status().equals("True"))
                .ifPresent(condition -> add(
                        TextOrigin.POD,
                        joined(condition.reason(), condition.message()),
                        "",
                        "status.conditions[DisruptionTarget]",
                        Map.of()));
    }

    private void container(ContainerState container) {
        Optional<TextOrigin> place = place(container.waitingReason());
        if (place.isPresent()) {
            waiting(container, place.get());
        } else if (pod.isOverdue() && isUnknown(container)) {
            Optional<EventState> pull = pullFailure(container);
            pull.ifPresent(event -> add(TextOrigin.PULL, event, container.name(), values(container)));
            startFailure()
                    .filter(event -> pull.isEmpty() && container.name().equals("main"))
                    .ifPresent(event -> add(TextOrigin.START, event, container.name(), values(container)));
        } else if (container.isFailed()) {
            Terminated end = container.terminated().orElseThrow();
            if (!container.isSidecar() || !ENDED_BY_ARGO.contains(end.exitCode())) {
                String text = end.reason() + " (exit code " + end.exitCode() + ")";
                add(
                        TextOrigin.EXIT,
                        joined(text, end.message()),
                        container.name(),
                        container.path() + ".terminated",
                        values(container));
            }
        }
    }

    /** Kubelets up to 1.30 write the reason of a back-off into an event only. */
    private void waiting(ContainerState container, TextOrigin place) {
        String text = joined(container.waitingReason(), container.waitingMessage());
        boolean stated = !container.waitingReason().equals("ImagePullBackOff")
                || container.waitingMessage().contains("\": ");
        Optional<EventState> failed = pullFailure(container);
        Optional<EventState> unread = unreadSecrets(events);
        Map<String, String> values = values(container);
        unread.ifPresent(event -> values.putAll(ofUnread(event)));
        add(
                place,
                stated ? text : failed.map(EventState::message).orElse(text),
                container.name(),
                container.path() + ".waiting",
                values);
        if (place == TextOrigin.PULL) {
            more(failed.filter(event -> !stated).stream().toList());
            more(unread.stream().toList());
        }
    }

    /** The event that names pull Secrets of the pod that the kubelet did not get. */
    static Optional<EventState> unreadSecrets(List<EventState> events) {
        return events.stream()
                .filter(event -> event.reason().equals("FailedToRetrieveImagePullSecret"))
                .findFirst();
    }

    /**
     * The first Secret that such an event names:
     * {@code Unable to retrieve some image pull secrets (regcred, hub); …}.
     */
    static Map<String, String> ofUnread(EventState event) {
        Matcher secret = UNREAD.matcher(event.message());
        return secret.find() ? Map.of(SECRET, secret.group(1)) : Map.of();
    }

    private Optional<EventState> pullFailure(ContainerState container) {
        return events.stream()
                .filter(event -> event.reason().equals("Failed")
                                && event.message().startsWith("Failed to pull image \"" + container.image() + "\"")
                        || UNPULLED.contains(event.reason())
                                && event.message().contains("\"" + container.image() + "\""))
                .findFirst();
    }

    /** Why the kubelet did not create a container. */
    private Optional<EventState> startFailure() {
        return events.stream().filter(PodSymptoms::isStartFailure).reduce((first, last) -> last);
    }

    private static boolean isStartFailure(EventState event) {
        return event.reason().equals("Failed")
                && event.message().startsWith("Error: ")
                && !event.message()
                        .matches("Error: (ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName)");
    }

    private void scheduling() {
        Optional<PodState.Condition> condition = pod.condition("PodScheduled");
        if (condition.isPresent() && pod.host().isEmpty() && !pod.isEnded()) {
            Optional<EventState> refused = event(Set.of("NotTriggerScaleUp"));
            String text = joined(condition.get().reason(), condition.get().message())
                    + refused.map(event -> "; NotTriggerScaleUp: " + event.message())
                            .orElse("");
            add(TextOrigin.SCHEDULING, text, "", "status.conditions[PodScheduled]", Map.of());
            more(refused.stream().toList());
        } else if (pod.host().isEmpty() && !pod.isEnded()) {
            event(Set.of("FailedScheduling")).ifPresent(event -> add(TextOrigin.SCHEDULING, event));
        }
    }

    private void beginning() {
        event(MOUNT).ifPresent(event -> add(TextOrigin.VOLUME, event));
        event(SANDBOX).ifPresent(event -> add(TextOrigin.SANDBOX, event));
    }

    private Optional<EventState> event(Set<String> reasons) {
        return events.stream()
                .filter(event -> reasons.contains(event.reason()) && !isNoise(event))
                .reduce((first, later) -> later);
    }

    private void add(TextOrigin place, String text, String container, String field, Map<String, String> values) {
        Evidence evidence = Texts.evidence("Pod " + namespace + "/" + pod.name(), field, text, Optional.empty());
        symptoms.add(new Symptom(place, text, pod.name(), container, List.of(evidence), with(values)));
    }

    private void add(TextOrigin place, EventState event) {
        add(place, event, "", Map.of());
    }

    private void add(TextOrigin place, EventState event, String container, Map<String, String> values) {
        symptoms.add(new Symptom(
                place,
                text(place, event),
                pod.name(),
                container,
                List.of(Texts.evidence(namespace, event)),
                with(values)));
    }

    private void more(List<EventState> also) {
        int last = symptoms.size() - 1;
        symptoms.set(
                last,
                symptoms.get(last)
                        .and(also.stream()
                                .map(event -> Texts.evidence(namespace, event))
                                .toList()));
    }

    private Map<String, String> with(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("pod", pod.name());
        all.put("account", pod.account());
        all.put("node", pod.host());
        pod.volumes().claims().stream().findFirst().ifPresent(claim -> all.put("claim", claim));
        return all;
    }

    private static Map<String, String> values(ContainerState container) {
        Map<String, String> values = ofImage(container.image());
        values.put("container", container.name());
        return values;
    }

    /** What texts can name of an image. */
    static Map<String, String> ofImage(String image) {
        Map<String, String> values = new HashMap<>(Map.of("image", image));
        try {
            values.put("registry", ImageReference.parse(image).registry());
        } catch (InvalidImageException e) {
            values.put("registry", image);
        }
        return values;
    }

    private static String joined(String reason, String message) {
        return message.isEmpty() || reason.isEmpty() ? reason + message : reason + ": " + message;
    }
}
