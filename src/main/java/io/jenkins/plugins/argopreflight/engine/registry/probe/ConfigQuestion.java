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
 * The question for the platforms of an image and its command. It reads the manifest (for an index that of linux/amd64,
 * or else the first) and its configuration. A GET is sent at once, since a HEAD would cost one more round trip; Docker
 * Hub counts a GET that is answered as a pull.
 */
final class ConfigQuestion {

    /** The maximum of indexes and manifests on the way to a configuration: an index can list an index. */
    private static final int DEEPEST = 3;

    private static final Platform USUAL = Platform.parse("linux/amd64");

    /**
     * The result of the question.
     *
     * @param refusal the meaning for a pull if the registry refuses the content that the manifest lists; empty if it
     *     serves that content, or if its answer does not show this
     */
    record Content(Fact<ImageConfig> config, Optional<Answer> refusal) {

        static Content unknown(String why) {
            return new Content(Fact.unknown(why), Optional.empty());
        }
    }

    private final Conversation talk;
    private final ImageReference image;
    private final Question question;

    ConfigQuestion(Conversation talk) {
        this.talk = talk;
        this.image = talk.image;
        this.question = new Question(talk, Optional.empty());
    }

    Content answer() {
        try {
            RegistryReply reply = talk.ask(
                    (access, deadline) -> ManifestEndpoint.read(access, image.path(), image.version(), deadline),
                    false);
            Answer answer = question.judge(reply);
            return answer.verdict() == Verdict.OK
                    ? new Content(Fact.known(read(reply)), Optional.empty())
                    : Content.unknown(answer.explanation());
        } catch (NoAnswer e) {
            return Content.unknown(question.words(e));
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
        boolean several = entries.size() > 1;
        for (int depth = 1; content.index(); depth++) {
            if (depth == DEEPEST) {
                throw new Unreadable("its index lists an index that lists an index");
            }
            String digest = choose(content.entries()).digest();
            content = content(verified("manifest", digest, get(digest, false), several));
        }
        String digest = content.entries().get(0).digest();
        ConfigContent config = ConfigContent.of(
                verified("configuration", digest, get(digest, true), several).body());
        return config.image(
                index,
                index ? platforms(entries, config) : config.platform().stream().toList());
    }

    private static ManifestContent content(RegistryReply reply) throws Unreadable {
        if (reply.body().length > ManifestEndpoint.LARGEST) {
            throw new Unreadable("its manifest is larger than " + (ManifestEndpoint.LARGEST >> 20) + " MiB");
        }
        return ManifestContent.of(reply.header("Content-Type"), reply.body());
    }

    private static ManifestContent.Entry choose(List<ManifestContent.Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.platform().map(Platform::parse).equals(Optional.of(USUAL)))
                .findFirst()
                .orElse(entries.get(0));
    }

    /**
     * Returns the platforms of an image. A single entry without a platform can be the one whose configuration was read;
     * more of them are unknown.
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

    private RegistryReply get(String digest, boolean blob) throws NoAnswer {
        return talk.again((access, deadline) -> blob
                ? Blobs.read(access, image.path(), digest, deadline)
                : ManifestEndpoint.read(access, image.path(), digest, deadline));
    }

    /**
     * Checks that an answer has the content of a digest.
     *
     * @param several whether there are other platforms, which can exist if this one is missing
     */
    private RegistryReply verified(String what, String digest, RegistryReply reply, boolean several) throws Unreadable {
        if (!reply.ok()) {
            throw new Unreadable(
                    "the registry answered HTTP " + reply.status() + " to its " + what,
                    several && reply.status() == 404 ? Optional.empty() : question.refusal(reply));
        }
        if (reply.body().length > Blobs.LARGEST) {
            throw new Unreadable("its " + what + " is larger than " + (Blobs.LARGEST >> 20) + " MiB");
        }
        if (!Blobs.matches(digest, reply.body())) {
            throw new Unreadable("its " + what + " is not what its digest says, or was cut off");
        }
        return reply;
    }
}
