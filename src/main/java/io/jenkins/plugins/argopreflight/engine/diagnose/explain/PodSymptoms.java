package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ContainerState.Terminated;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.EventState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.PodState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The symptoms of a pod: of the pod as a whole, then of its containers in Argo's order (init containers, main, wait,
 * sidecars), then of its scheduling. For a pod that exceeded its deadline, the pod as a whole comes last.
 */
final class PodSymptoms {

    /** The reasons of waiting containers in a pod that is starting. */
    private static final Set<String> STARTING_REASONS =
            Set.of("PodInitializing", "ContainerCreating", "CrashLoopBackOff");

    private static final Set<String> START_REASONS = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "PreStartHookError",
            "PostStartHookError");
    private static final Set<String> MOUNT_REASONS = Set.of("FailedMount", "FailedAttachVolume");
    private static final Set<String> SANDBOX_REASONS =
            Set.of("FailedCreatePodSandBox", "NetworkNotReady", "FailedSync");
    /** The ends of the kubelet's messages about a volume while its pod starts or ends, which are no problem. */
    private static final Set<String> HARMLESS_MESSAGE_ENDS =
            Set.of(" not registered", " cache: timed out waiting for the condition");

    /** The reasons of events for images that the kubelet does not pull. */
    private static final Set<String> NOT_PULLED_REASONS = Set.of("ErrImageNeverPull", "InspectFailed");

    /** The exit codes of containers that Argo stops: 128 and the number of the signal, SIGKILL or SIGTERM. */
    private static final Set<Integer> ARGO_EXIT_CODES = Set.of(137, 143);

    /** The name of the value with a pull Secret that the kubelet could not read. */
    static final String SECRET = "secret";

    private static final Pattern UNREAD_SECRET = Pattern.compile("image pull secrets \\(([^),\\s]+)");

    private final String namespace;
    private final PodState pod;
    private final List<EventState> events;
    private final List<Symptom> symptoms = new ArrayList<>();

    private PodSymptoms(String namespace, PodState pod, List<EventState> events) {
        this.namespace = namespace;
        this.pod = pod;
        this.events = events;
    }

    /**
     * Returns the symptoms of a pod.
     *
     * @param events the events of this pod
     */
    static List<Symptom> of(String namespace, PodState pod, List<EventState> events) {
        return new PodSymptoms(namespace, pod, events).collect();
    }

    /** Returns the origin for the reason of a waiting container; empty for a container of a pod that is starting. */
    static Optional<TextOrigin> origin(String waitingReason) {
        return waitingReason.isEmpty() || STARTING_REASONS.contains(waitingReason)
                ? Optional.empty()
                : Optional.of(START_REASONS.contains(waitingReason) ? TextOrigin.START : TextOrigin.PULL);
    }

    /** Returns the origin for the text of an event that keeps a pod from starting; empty for another event. */
    static Optional<TextOrigin> origin(EventState event) {
        boolean pull = NOT_PULLED_REASONS.contains(event.reason())
                || event.reason().equals("Failed") && event.message().startsWith("Failed to pull image ");
        TextOrigin origin = pull
                ? TextOrigin.PULL
                : isStartFailure(event)
                        ? TextOrigin.START
                        : MOUNT_REASONS.contains(event.reason())
                                ? TextOrigin.VOLUME
                                : SANDBOX_REASONS.contains(event.reason())
                                        ? TextOrigin.SANDBOX
                                        : event.reason().equals("FailedScheduling") ? TextOrigin.SCHEDULING : null;
        return Optional.ofNullable(origin).filter(each -> !isHarmless(event));
    }

    private static boolean isHarmless(EventState event) {
        return HARMLESS_MESSAGE_ENDS.stream().anyMatch(event.message()::endsWith);
    }

    /**
     * Returns the text of an event in the form that the waiting state of a container or a condition has, with its
     * reason as prefix for the origins that need it.
     */
    static String text(TextOrigin origin, EventState event) {
        return switch (origin) {
            case SCHEDULING -> "Unschedulable: " + event.message();
            case SANDBOX -> event.reason() + ": " + event.message();
            default -> event.message();
        };
    }

    private List<Symptom> collect() {
        boolean deadline = pod.isOverdue();
        if (!deadline) {
            addPod();
        }
        pod.containers().forEach(this::addContainer);
        addScheduling();
        if (symptoms.isEmpty() && (!pod.isEnded() || deadline)) {
            addStart();
        }
        if (deadline) {
            addPod();
        }
        return List.copyOf(symptoms);
    }

    /**
     * Returns whether the kubelet does not know how the container ended, as for a container that waited until the
     * deadline.
     */
    private static boolean isUnknown(ContainerState container) {
        return container
                .terminated()
                .filter(end -> end.reason().equals("ContainerStatusUnknown"))
                .isPresent();
    }

    private void addPod() {
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

    private void addContainer(ContainerState container) {
        Optional<TextOrigin> origin = origin(container.waitingReason());
        if (origin.isPresent()) {
            addWaiting(container, origin.get());
        } else if (pod.isOverdue() && isUnknown(container)) {
            Optional<EventState> pull = pullFailure(container);
            pull.ifPresent(event -> add(TextOrigin.PULL, event, container.name(), values(container)));
            startFailure()
                    .filter(event -> pull.isEmpty() && container.name().equals("main"))
                    .ifPresent(event -> add(TextOrigin.START, event, container.name(), values(container)));
        } else if (container.isFailed()) {
            Terminated end = container.terminated().orElseThrow();
            if (!container.isSidecar() || !ARGO_EXIT_CODES.contains(end.exitCode())) {
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

    /** Adds the symptom of a waiting container. Up to Kubernetes 1.30 only an event has the reason of a back-off. */
    private void addWaiting(ContainerState container, TextOrigin origin) {
        String text = joined(container.waitingReason(), container.waitingMessage());
        boolean hasReason = !container.waitingReason().equals("ImagePullBackOff")
                || container.waitingMessage().contains("\": ");
        Optional<EventState> failed = pullFailure(container);
        Optional<EventState> unread = unreadSecrets(events);
        Map<String, String> values = values(container);
        unread.ifPresent(event -> values.putAll(unreadSecretValue(event)));
        add(
                origin,
                hasReason ? text : failed.map(EventState::message).orElse(text),
                container.name(),
                container.path() + ".waiting",
                values);
        if (origin == TextOrigin.PULL) {
            addEvidence(failed.filter(event -> !hasReason).stream().toList());
            addEvidence(unread.stream().toList());
        }
    }

    /** Returns the event that lists pull Secrets of the pod that the kubelet could not read. */
    static Optional<EventState> unreadSecrets(List<EventState> events) {
        return events.stream()
                .filter(event -> event.reason().equals("FailedToRetrieveImagePullSecret"))
                .findFirst();
    }

    /**
     * Returns the value for the first Secret that an event lists: {@code Unable to retrieve some image pull secrets
     * (regcred, hub); …}.
     */
    static Map<String, String> unreadSecretValue(EventState event) {
        Matcher secret = UNREAD_SECRET.matcher(event.message());
        return secret.find() ? Map.of(SECRET, secret.group(1)) : Map.of();
    }

    private Optional<EventState> pullFailure(ContainerState container) {
        return events.stream()
                .filter(event -> event.reason().equals("Failed")
                                && event.message().startsWith("Failed to pull image \"" + container.image() + "\"")
                        || NOT_PULLED_REASONS.contains(event.reason())
                                && event.message().contains("\"" + container.image() + "\""))
                .findFirst();
    }

    /** Returns the last event with the reason why the kubelet did not create a container. */
    private Optional<EventState> startFailure() {
        return events.stream().filter(PodSymptoms::isStartFailure).reduce((first, last) -> last);
    }

    private static boolean isStartFailure(EventState event) {
        return event.reason().equals("Failed")
                && event.message().startsWith("Error: ")
                && !event.message()
                        .matches("Error: (ErrImagePull|ImagePullBackOff|ErrImageNeverPull|InvalidImageName)");
    }

    private void addScheduling() {
        Optional<PodState.Condition> condition = pod.condition("PodScheduled");
        if (condition.isPresent() && pod.host().isEmpty() && !pod.isEnded()) {
            Optional<EventState> refused = event(Set.of("NotTriggerScaleUp"));
            String text = joined(condition.get().reason(), condition.get().message())
                    + refused.map(event -> "; NotTriggerScaleUp: " + event.message())
                            .orElse("");
            add(TextOrigin.SCHEDULING, text, "", "status.conditions[PodScheduled]", Map.of());
            addEvidence(refused.stream().toList());
        } else if (pod.host().isEmpty() && !pod.isEnded()) {
            event(Set.of("FailedScheduling")).ifPresent(event -> add(TextOrigin.SCHEDULING, event));
        }
    }

    private void addStart() {
        event(MOUNT_REASONS).ifPresent(event -> add(TextOrigin.VOLUME, event));
        event(SANDBOX_REASONS).ifPresent(event -> add(TextOrigin.SANDBOX, event));
    }

    private Optional<EventState> event(Set<String> reasons) {
        return events.stream()
                .filter(event -> reasons.contains(event.reason()) && !isHarmless(event))
                .reduce((first, later) -> later);
    }

    private void add(TextOrigin origin, String text, String container, String field, Map<String, String> values) {
        Evidence evidence = Texts.evidence("Pod " + namespace + "/" + pod.name(), field, text, Optional.empty());
        symptoms.add(new Symptom(origin, text, pod.name(), container, List.of(evidence), withPodValues(values)));
    }

    private void add(TextOrigin origin, EventState event) {
        add(origin, event, "", Map.of());
    }

    private void add(TextOrigin origin, EventState event, String container, Map<String, String> values) {
        symptoms.add(new Symptom(
                origin,
                text(origin, event),
                pod.name(),
                container,
                List.of(Texts.evidence(namespace, event)),
                withPodValues(values)));
    }

    private void addEvidence(List<EventState> furtherEvents) {
        int last = symptoms.size() - 1;
        symptoms.set(
                last,
                symptoms.get(last)
                        .and(furtherEvents.stream()
                                .map(event -> Texts.evidence(namespace, event))
                                .toList()));
    }

    private Map<String, String> withPodValues(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("pod", pod.name());
        all.put("account", pod.account());
        all.put("node", pod.host());
        pod.volumes().claims().stream().findFirst().ifPresent(claim -> all.put("claim", claim));
        return all;
    }

    private static Map<String, String> values(ContainerState container) {
        Map<String, String> values = imageValues(container.image());
        values.put("container", container.name());
        return values;
    }

    /** Returns the values of an image for the placeholders of texts. */
    static Map<String, String> imageValues(String image) {
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
