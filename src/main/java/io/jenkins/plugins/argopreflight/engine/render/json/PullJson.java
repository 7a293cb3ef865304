package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import java.util.List;

/** The rows of {@code pulls[]}. */
final class PullJson {

    private PullJson() {}

    static void write(ArrayNode array, List<Pull> pulls) {
        pulls.forEach(pull -> pull(array.addObject(), pull));
    }

    private static void pull(ObjectNode node, Pull pull) {
        List.of("pod", "workflow", "container").forEach(name -> node.put(name, ""));
        node.put("namespace", pull.namespace());
        node.put("image", pull.image());
        node.put("consumer", pull.consumer().label());
        node.put("serviceAccount", pull.serviceAccount());
        JsonParts.strings(node.putArray("pullSecrets"), pull.pullSecrets());
        ArrayNode credentials = node.putArray("credentials");
        pull.credentials().forEach(one -> credential(credentials.addObject(), one));
        node.put("error", pull.error());
        node.put("verdict", pull.verdict().label());
        node.put("message", pull.sentence());
        ArrayNode answers = node.putArray("answers");
        pull.answers().forEach(tried -> answer(answers.addObject(), tried));
    }

    private static void answer(ObjectNode node, ProbeAttempt tried) {
        tried.credential()
                .ifPresentOrElse(
                        used -> credential(node.putObject("credential"), used), () -> node.put("anonymous", true));
        node.put("tried", tried.byConsumer());
        node.put("verdict", tried.answer().verdict().label());
        node.put("status", tried.answer().status());
        node.put("code", tried.answer().code());
        node.put("message", tried.answer().message());
        node.put("explanation", tried.answer().explanation());
        tried.answer().credentialExpires().ifPresent(end -> node.put("credentialExpires", end.toString()));
    }

    private static void credential(ObjectNode node, StoredCredential credential) {
        node.put("secret", credential.secret());
        node.put("key", credential.key());
        node.put("username", credential.username());
    }
}
