package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.Symptom;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.TextOrigin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The symptom in the message of a workflow's node, which Argo builds from the pod. It is used if the pod was deleted.
 *
 * @see <a
 *     href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/controller/operator.go">inferFailedReason,
 *     getPendingReason</a>
 */
final class NodeMessage {

    private static final String EXIT = " (exit code ";
    private static final String BEFORE = "Pod failed before ";
    private static final String STARTS = " container starts due to ";
    private static final Set<String> UNINFORMATIVE = Set.of("", "PodInitializing", "ContainerCreating");
    private static final Set<String> WAITING_REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "ImageInspectError",
            "InvalidImageName",
            "RegistryUnavailable",
            "SignatureValidationFailed",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError");
    private static final int MAX_CONTAINER_NAME_CHARACTERS = 63;

    /** The image that the kubelet could not pull, in its message. */
    private static final Pattern PULLED_IMAGE = Pattern.compile("(?:[Ii]mage|unpack image) \"([^\"]+)\"");

    private NodeMessage() {}

    /** Returns the symptom; empty for a message without information. */
    static Optional<Symptom> of(NodeState node) {
        String message = node.message();
        if (UNINFORMATIVE.contains(message)) {
            return Optional.empty();
        }
        if (node.type().equals("HTTP")
                && SymptomTable.get().match(TextOrigin.HTTP, message).isPresent()) {
            return Optional.of(symptom(node, TextOrigin.HTTP, message, ""));
        }
        if (message.startsWith(BEFORE) && message.contains(STARTS)) {
            int starts = message.indexOf(STARTS);
            String text = message.substring(starts + STARTS.length());
            TextOrigin origin = PodSymptoms.origin(reason(text)).orElse(TextOrigin.NODE);
            return Optional.of(symptom(node, origin, text, message.substring(BEFORE.length(), starts)));
        }
        int exit = message.indexOf(EXIT);
        int line = message.indexOf('\n');
        if (exit >= 0 && (line < 0 || line > exit) && exit < 2 * MAX_CONTAINER_NAME_CHARACTERS) {
            int colon = message.indexOf(": ");
            boolean hasContainer =
                    colon > 0 && colon < exit && message.substring(0, colon).indexOf(' ') < 0;
            return Optional.of(symptom(
                    node,
                    TextOrigin.EXIT,
                    hasContainer ? message.substring(colon + 2) : message,
                    hasContainer ? message.substring(0, colon) : ""));
        }
        String reason = reason(message);
        if (reason.equals("Unschedulable")) {
            return Optional.of(symptom(node, TextOrigin.SCHEDULING, message, ""));
        }
        TextOrigin origin =
                WAITING_REASONS.contains(reason) ? PodSymptoms.origin(reason).orElse(TextOrigin.NODE) : TextOrigin.NODE;
        return Optional.of(symptom(node, origin, message, ""));
    }

    private static String reason(String text) {
        int colon = text.indexOf(": ");
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static Symptom symptom(NodeState node, TextOrigin origin, String text, String container) {
        Map<String, String> values = new HashMap<>(Map.of("node-name", node.displayName()));
        if (!node.host().isEmpty()) {
            values.put("node", node.host());
        }
        Matcher image = PULLED_IMAGE.matcher(text);
        if (image.find()) {
            values.putAll(PodSymptoms.imageValues(image.group(1)));
        }
        return new Symptom(
                origin,
                text,
                "",
                container,
                List.of(Texts.evidence(
                        "node " + node.displayName(),
                        "message",
                        node.message(),
                        node.finished().or(node::started))),
                values);
    }

    /** Returns the symptom without the prefixes that Argo adds at the levels above the node. */
    static Symptom stripped(Symptom symptom) {
        String text = symptom.text();
        for (String prefix : List.of("error in entry template execution: ", "error in exit template execution : ")) {
            if (text.startsWith(prefix)) {
                text = text.substring(prefix.length());
            }
        }
        return symptom.withText(text);
    }
}
