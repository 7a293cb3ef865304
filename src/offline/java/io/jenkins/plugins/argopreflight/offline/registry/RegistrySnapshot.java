package io.jenkins.plugins.argopreflight.offline.registry;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.Question;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Blobs;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Deadline;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Registries;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Image;
import io.jenkins.plugins.argopreflight.offline.registry.SnapshotHost.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The answers of registries in a file: {@code registry.yaml} or {@code registry.json} of a snapshot. They are evaluated
 * by the same code as the answers of live registries.
 */
public final class RegistrySnapshot implements Registry {

    private record AnswerKey(String image, Optional<Login> login) {}

    private final RegistrySettings settings;
    private final SnapshotWire wire;
    private final Registries registries;
    private final Map<AnswerKey, Answer> answers = new ConcurrentHashMap<>();

    /**
     * Reads a file.
     *
     * @param settings the settings, of which only {@code insecure} applies
     * @throws ManifestException if the structure of the file is wrong; the message is one line with file, line and
     *     column
     */
    public static RegistrySnapshot read(Path file, RegistrySettings settings) throws IOException {
        List<Document> documents = new ManifestReader().refusingOmissions().read(file);
        if (documents.size() != 1) {
            throw new ManifestException(
                    new Location(file.toString(), 1, 1),
                    "expected one object with registries, found " + documents.size() + " documents");
        }
        return new RegistrySnapshot(documents.get(0), settings);
    }

    /** Returns the file with the answers of registries in a snapshot's folder; empty if it has none. */
    public static Optional<Path> find(Path folder) {
        return Stream.of("registry.yaml", "registry.yml", "registry.json")
                .map(name -> FileName.in(folder, name))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    public RegistrySnapshot(Document document, RegistrySettings settings) {
        this.settings = settings;
        this.wire = new SnapshotWire(document.file(), SnapshotReader.read(document), settings);
        this.registries = new Registries(settings, wire);
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        return CompletableFuture.completedFuture(answer(image, login));
    }

    @Override
    public CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer manifestAnswer) {
        return CompletableFuture.completedFuture(
                manifestAnswer.verdict() == Verdict.OK ? refusal(image, login).orElse(manifestAnswer) : manifestAnswer);
    }

    /** Returns the refusal of the image's content; empty if the login gets it, or this cannot be determined. */
    private Optional<Answer> refusal(ImageReference image, Optional<Login> login) {
        Conversation conversation = conversation(image, login);
        try {
            Question question = new Question(conversation, login.flatMap(wire::expires));
            // Authenticates the conversation for the request below. The answer itself is known.
            question.answer();
            RegistryReply blob = conversation.again(
                    (access, deadline) -> Blobs.read(access, image.path(), image.version(), deadline));
            return blob.ok() ? Optional.empty() : question.refusal(blob);
        } catch (NoAnswer e) {
            return Optional.empty();
        }
    }

    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        Answer answer = answer(image, login);
        Fact<ImageConfig> config = answer.verdict() != Verdict.OK
                ? Fact.unknown(answer.explanation())
                : repository(image)
                        .flatMap(repository -> repository.image(image.version()))
                        .flatMap(Image::config)
                        .map(Fact::known)
                        .orElseGet(() -> Fact.unknown("the snapshot does not say what " + image + " is built for"));
        return CompletableFuture.completedFuture(config);
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        Answer answer = answer(image, login);
        Optional<Repository> repository = repository(image);
        boolean canPull = answer.verdict() == Verdict.OK || answer.verdict() == Verdict.NOT_FOUND;
        Fact<List<String>> tags = canPull && repository.isPresent()
                ? Fact.known(repository.get().images().stream()
                        .flatMap(one -> one.tag().stream())
                        .toList())
                : Fact.unknown(answer.explanation());
        return CompletableFuture.completedFuture(tags);
    }

    /** Returns 0, since no requests are sent. */
    @Override
    public long requests() {
        return 0;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    private Answer answer(ImageReference image, Optional<Login> login) {
        return answers.computeIfAbsent(
                new AnswerKey(image.repository() + "@" + image.version(), login),
                key -> unknownIfIncomplete(
                        image, new Question(conversation(image, login), login.flatMap(wire::expires)).answer()));
    }

    private Conversation conversation(ImageReference image, Optional<Login> login) {
        return new Conversation(registries, image, login, Deadline.in(settings.timeout()));
    }

    /**
     * Returns the answer, or UNKNOWN instead of NOT_FOUND if the snapshot contains only a part of the registry, and the
     * image is not in it.
     */
    private Answer unknownIfIncomplete(ImageReference image, Answer answer) {
        boolean complete =
                wire.host(image.registry()).map(SnapshotHost::complete).orElse(true);
        String reason = "The snapshot holds a part of registry " + image.registry() + ", and " + image
                + " is not in it: add it there, or ask the registry itself.";
        return complete || answer.verdict() != Verdict.NOT_FOUND
                ? answer
                : new Answer(
                        Verdict.UNKNOWN,
                        0,
                        "",
                        "not in the snapshot",
                        reason,
                        answer.credentialExpires(),
                        answer.credentialSent());
    }

    private Optional<Repository> repository(ImageReference image) {
        return wire.host(image.registry()).flatMap(host -> host.repository(image.path()));
    }
}
