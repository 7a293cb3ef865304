package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Blobs;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.ManifestEndpoint;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import java.util.List;
import java.util.Optional;

/**
 * The question for the platforms and the command of an image. It reads the manifest (of an index, the manifest for
 * linux/amd64, or else the first) and the configuration. A GET is sent first, since a HEAD would cost one more round
 * trip. Docker Hub counts a GET with an answer as a pull.
 */
final class ConfigQuestion {

    /** The maximum number of indexes and manifests before a configuration, because an index can list an index. */
    private static final int MAX_DEPTH = 3;

    private static final Platform USUAL_PLATFORM = Platform.parse("linux/amd64");

    /**
     * The result of the question.
     *
     * @param refusal the meaning for a pull if the registry refuses the content that the manifest lists; empty if it
     *     serves the content, or if the answer does not show a refusal
     */
    record Content(Fact<ImageConfig> config, Optional<Answer> refusal) {

        static Content unknown(String why) {
            return new Content(Fact.unknown(why), Optional.empty());
        }
    }

    private final Conversation conversation;
    private final ImageReference image;
    private final Question question;

    ConfigQuestion(Conversation conversation) {
        this.conversation = conversation;
        this.image = conversation.image;
        this.question = new Question(conversation, Optional.empty());
    }

    Content answer() {
        try {
            RegistryReply reply = conversation.ask(
                    (access, deadline) -> ManifestEndpoint.read(access, image.path(), image.version(), deadline));
            Answer answer = question.interpret(reply);
            return answer.verdict() == Verdict.OK
                    ? new Content(Fact.known(read(reply)), Optional.empty())
                    : Content.unknown(answer.explanation());
        } catch (NoAnswer e) {
            return Content.unknown(question.explanation(e));
        } catch (Unreadable e) {
            return new Content(
                    Fact.unknown(
                            "Could not check the platforms and the command of " + image + ": " + e.getMessage() + "."),
                    e.refusal());
        }
    }

    private ImageConfig read(RegistryReply first) throws NoAnswer, Unreadable {
        ManifestContent content = content(first);
        List<ManifestContent.Entry> entries = content.entries();
        boolean index = content.index();
        boolean hasOtherPlatforms = entries.size() > 1;
        for (int depth = 1; content.index(); depth++) {
            if (depth == MAX_DEPTH) {
                throw new Unreadable("its index lists an index that lists an index");
            }
            String digest = choose(content.entries()).digest();
            content = content(verify("manifest", digest, getManifest(digest), hasOtherPlatforms));
        }
        String digest = content.entries().get(0).digest();
        ConfigContent config = ConfigContent.of(verify("configuration", digest, getBlob(digest), hasOtherPlatforms)
                .body());
        return config.toImageConfig(
                index,
                index ? platforms(entries, config) : config.platform().stream().toList());
    }

    private static ManifestContent content(RegistryReply reply) throws Unreadable {
        if (reply.body().length > ManifestEndpoint.MAX_BYTES) {
            throw new Unreadable("its manifest is larger than " + (ManifestEndpoint.MAX_BYTES >> 20) + " MiB");
        }
        return ManifestContent.of(reply.header("Content-Type"), reply.body());
    }

    private static ManifestContent.Entry choose(List<ManifestContent.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.platform().map(Platform::parse).equals(Optional.of(USUAL_PLATFORM)))
                .findFirst()
                .orElse(entries.get(0));
    }

    /**
     * Returns the platforms of an image. An entry without a platform has the platform of the configuration that was
     * read, if this is its configuration. The platforms of other such entries are unknown, which is an error.
     */
    private static List<String> platforms(List<ManifestContent.Entry> entries, ConfigContent config) throws Unreadable {
        long unspecified =
                entries.stream().filter(entry -> entry.platform().isEmpty()).count();
        if (unspecified > 1 || unspecified == 1 && choose(entries).platform().isPresent()) {
            throw new Unreadable("its index does not have the platforms of its images");
        }
        return entries.stream()
                .flatMap(entry -> entry.platform().or(config::platform).stream())
                .distinct()
                .toList();
    }

    private RegistryReply getManifest(String digest) throws NoAnswer {
        return conversation.again((access, deadline) -> ManifestEndpoint.read(access, image.path(), digest, deadline));
    }

    private RegistryReply getBlob(String digest) throws NoAnswer {
        return conversation.again((access, deadline) -> Blobs.read(access, image.path(), digest, deadline));
    }

    /**
     * Returns an answer after a check that it has the content of a digest.
     *
     * @param hasOtherPlatforms whether the image has other platforms, which a pull can get if this content is missing
     */
    private RegistryReply verify(String what, String digest, RegistryReply reply, boolean hasOtherPlatforms)
            throws Unreadable {
        if (!reply.ok()) {
            throw new Unreadable(
                    "the registry answered HTTP " + reply.status() + " to its " + what,
                    hasOtherPlatforms && reply.status() == 404 ? Optional.empty() : question.refusal(reply));
        }
        if (reply.body().length > Blobs.MAX_BYTES) {
            throw new Unreadable("its " + what + " is larger than " + (Blobs.MAX_BYTES >> 20) + " MiB");
        }
        if (!Blobs.matches(digest, reply.body())) {
            throw new Unreadable("its " + what + " is not what its digest says, or was cut off");
        }
        return reply;
    }
}
