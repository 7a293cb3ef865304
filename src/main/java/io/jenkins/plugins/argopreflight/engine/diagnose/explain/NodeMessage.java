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
 * What the message of a workflow's node says, where its pod is gone: Argo builds it from the pod.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/controller/operator.go">inferFailedReason,
 *     getPendingReason</a>
 */
final class NodeMessage {

    private static final String EXIT = " (exit code ";
    private static final String BEFORE = "Pod failed before ";
    private static final String STARTS = " container starts due to ";
    private static final Set<String> SILENT = Set.of("", "PodInitializing", "ContainerCreating");
    private static final Set<String> WAITS = Set.of(
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
    private static final int LONGEST_CONTAINER = 63;

    /** The image that the kubelet did not get, in its message. */
    private static final Pattern PULLED = Pattern.compile("(?:[Ii]mage|unpack image) \"([^\"]+)\"");

    private NodeMessage() {}

    /** Empty for a message that says nothing. */
    static Optional<Symptom> of(NodeState node) {
        String message = node.message();
        if (SILENT.contains(message)) {
            return Optional.empty();
        }
        if (node.type().equals("HTTP")
                && SymptomTable.get().match(TextOrigin.HTTP, message).isPresent()) {
            return Optional.of(symptom(node, TextOrigin.HTTP, message, ""));
        }
        if (message.startsWith(BEFORE) && message.contains(STARTS)) {
            int due = message.indexOf(STARTS);
            String text = message.substring(due + STARTS.length());
            TextOrigin place = PodSymptoms.place(reason(text)).orElse(TextOrigin.NODE);
            return Optional.of(symptom(node, place, text, message.substring(BEFORE.length(), due)));
        }
        int exit = message.indexOf(EXIT);
        int line = message.indexOf('\n');
        if (exit >= 0 && (line < 0 || line > exit) && exit < 2 * LONGEST_CONTAINER) {
            int colon = message.indexOf(": ");
            boolean named =
                    colon > 0 && colon < exit && message.substring(0, colon).indexOf(' ') < 0;
            return Optional.of(symptom(
                    node,
                    TextOrigin.EXIT,
                    named ? message.substring(colon + 2) : message,
                    named ? message.substring(0, colon) : ""));
        }
        String reason = reason(message);
        if (reason.equals("Unschedulable")) {
            return Optional.of(symptom(node, TextOrigin.SCHEDULING, message, ""));
        }
        TextOrigin place = WAITS.contains(reason) ? PodSymptoms.place(reason).orElse(TextOrigin.NODE) : TextOrigin.NODE;
        return Optional.of(symptom(node, place, message, ""));
    }

    private static String reason(String text) {
        int colon = text.indexOf(": ");
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static Symptom symptom(NodeState node, TextOrigin place, String text, String container) {
        Map<String, String> values = new HashMap<>(Map.of("node-name", node.displayName()));
        if (!node.host().isEmpty()) {
            values.put("node", node.host());
        }
        Matcher image = PULLED.matcher(text);
        if (image.find()) {
            values.putAll(PodSymptoms.ofImage(image.group(1)));
        }
        return new Symptom(
                place,
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

    /** The text without what Argo writes before it at the levels above. */
    static Symptom stripped(Symptom symptom) {
        String text = symptom.text();
        for (String before : List.of("error in entry template execution: ", "error in exit template execution : ")) {
            if (text.startsWith(before)) {
                text = text.substring(before.length());
            }
        }
        return symptom.saying(text);
    }
}
