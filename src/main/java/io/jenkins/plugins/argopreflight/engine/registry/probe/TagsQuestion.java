package io.jenkins.plugins.argopreflight.engine.registry.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The question for the tags of a repository, of which only the first page is read
 * (<a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags">listing tags</a>).
 */
public final class TagsQuestion {

    static final int MAX_TAGS = 1000;

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern TAG = Pattern.compile("[\\w][\\w.-]{0,127}");

    private final Conversation conversation;

    TagsQuestion(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Returns the tags; empty if the registry has no repository of this name. */
    Fact<List<String>> answer() {
        try {
            RegistryReply reply = conversation.ask((access, deadline) -> access.send(
                    "GET",
                    conversation.image.path() + "/tags/list?n=" + MAX_TAGS,
                    "application/json",
                    OptionalInt.of(MAX_BYTES + 1),
                    deadline));
            if (reply.ok() && !conversation.isTokenRefused()) {
                return Fact.known(tags(reply.body()));
            }
            Answer answer = new Question(conversation, Optional.empty()).interpret(reply);
            return answer.code().equals("NAME_UNKNOWN") ? Fact.known(List.of()) : Fact.unknown(refusal(reply, answer));
        } catch (NoAnswer e) {
            return Fact.unknown(new Question(conversation, Optional.empty()).explanation(e));
        } catch (Unreadable e) {
            return Fact.unknown(subject() + " could not be read: " + e.getMessage() + ".");
        }
    }

    private String refusal(RegistryReply reply, Answer answer) {
        String code = answer.code().isEmpty() ? "" : " " + answer.code();
        String said = answer.message().isEmpty() ? "" : ": " + answer.message();
        return subject() + " are not listed (HTTP " + reply.status() + code + said + ").";
    }

    private String subject() {
        return "The tags of " + conversation.image.repository();
    }

    public static List<String> tags(byte[] body) throws Unreadable {
        if (body.length > MAX_BYTES) {
            throw new Unreadable("its list is larger than " + (MAX_BYTES >> 20) + " MiB");
        }
        JsonNode list = ManifestContent.json("list", body).path("tags");
        if (!list.isArray() && !list.isNull()) {
            throw new Unreadable("its list holds no tags");
        }
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : list) {
            if (tag.isTextual() && TAG.matcher(tag.asText()).matches() && tags.size() < MAX_TAGS) {
                tags.add(Json.text(tag));
            }
        }
        return List.copyOf(tags);
    }
}
