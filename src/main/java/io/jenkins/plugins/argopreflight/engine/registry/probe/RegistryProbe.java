package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Deadline;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Registries;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryTransport;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.Crew;
import io.jenkins.plugins.argopreflight.engine.util.concurrent.SharedThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Live registries: the probe asks them whether a login can pull an image, as a container runtime would, and interprets
 * the answers. A probe is for one run: all its questions share tokens, answers and other knowledge about a registry.
 */
public final class RegistryProbe implements Registry {

    /** The key of a question: an image or repository, and a login. */
    private record QuestionKey(String subject, Optional<Login> login) {}

    /** The threads for questions of all runs: at most 128, of which one run can have 64. */
    private static final SharedThreads QUESTIONS = new SharedThreads("registry-question", 128, 64);

    /**
     * The threads for look-ups of names, which cannot be interrupted. They are separate from the other threads, since a
     * question waits for a look-up.
     */
    private static final SharedThreads NAMES = new SharedThreads("registry-name", 64, 32);

    private final RegistrySettings settings;
    private final Crew questions;
    private final Crew names;
    private final RegistryTransport transport;
    private final Registries registries;
    private final Map<QuestionKey, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<QuestionKey, CompletableFuture<Answer>> lookUps = new ConcurrentHashMap<>();
    private final Map<QuestionKey, CompletableFuture<ConfigQuestion.Content>> contents = new ConcurrentHashMap<>();
    private final Map<QuestionKey, CompletableFuture<Fact<List<String>>>> tags = new ConcurrentHashMap<>();

    /**
     * The successful conversations, by repository and login. A later question that continues a conversation needs no
     * greeting and no token.
     */
    private final Map<QuestionKey, Conversation> conversations = new ConcurrentHashMap<>();

    private final AtomicInteger longestChain = new AtomicInteger();

    public RegistryProbe(RegistrySettings settings) {
        this.settings = settings;
        this.questions = QUESTIONS.crew(this, settings.concurrency());
        this.names = NAMES.crew(this, settings.concurrency());
        this.transport = new RegistryTransport(settings, names);
        this.registries = new Registries(settings, transport);
    }

    /**
     * Asks and waits for the answer, at most for the settings' timeout after the question began.
     *
     * @param login the credential to send if the registry requires one; empty for anonymous
     */
    public Answer ask(ImageReference image, Optional<Login> login) {
        return askAsync(image, login).join();
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        return answers.computeIfAbsent(
                        key(image, login),
                        any -> askOnThread(image, login, conversation -> answer(conversation, login), Answer::unasked))
                .copy();
    }

    @Override
    public CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer manifestAnswer) {
        return manifestAnswer.verdict() != Verdict.OK
                ? CompletableFuture.completedFuture(manifestAnswer)
                : content(image, login).thenApply(content -> content.refusal().orElse(manifestAnswer));
    }

    @Override
    public CompletableFuture<Answer> lookUpAsync(ImageReference image, Optional<Login> login) {
        return askAsync(image, login)
                .thenCompose(manifestAnswer -> contentAsync(image, login, manifestAnswer))
                .thenCompose(pulled -> pulled.verdict() != Verdict.OK
                        ? CompletableFuture.completedFuture(pulled)
                        : lookUps.computeIfAbsent(
                                        key(image, login),
                                        any -> askOnThread(
                                                image,
                                                login,
                                                conversation ->
                                                        new LookUpQuestion(conversation, settings).answer(pulled),
                                                Answer::unasked))
                                .copy());
    }

    @Override
    public void expect(ImageReference image) {
        if (!settings.isOffline()) {
            questions.execute(() -> greet(image));
        }
    }

    private void greet(ImageReference image) {
        try {
            registries.greet(image, Deadline.in(settings.timeout()));
        } catch (NoAnswer | RuntimeException e) {
            // The greeting stores the failure, so that a question about the image reports it.
            return;
        }
    }

    /**
     * {@inheritDoc} After the question about the pull, this takes two round trips, or three for an index. Without that
     * question, it takes one round trip less than both together.
     */
    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        QuestionKey key = key(image, login);
        Optional<Answer> refusal = Optional.ofNullable(answers.get(key))
                .map(answer -> answer.getNow(null))
                .filter(answer -> answer.verdict() != Verdict.OK);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(Fact.unknown(refusal.get().explanation()));
        }
        return content(image, login).thenApply(ConfigQuestion.Content::config);
    }

    private CompletableFuture<ConfigQuestion.Content> content(ImageReference image, Optional<Login> login) {
        return contents.computeIfAbsent(
                key(image, login),
                any -> askOnThread(
                        image,
                        login,
                        conversation -> new ConfigQuestion(conversation).answer(),
                        (message, why) -> ConfigQuestion.Content.unknown(why)));
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        return tags.computeIfAbsent(
                        new QuestionKey(image.repository(), login),
                        any -> askOnThread(
                                image,
                                login,
                                conversation -> new TagsQuestion(conversation).answer(),
                                (message, why) -> Fact.unknown(why)))
                .copy();
    }

    @Override
    public long requests() {
        return transport.requests();
    }

    /** The greatest number of answers for which one question waited one after the other: its round trips. */
    public int longestChain() {
        return longestChain.get();
    }

    /** Refuses further questions, and ends the questions under way, whose answers the caller does not need. */
    @Override
    public void close() {
        questions.shutdownNow();
        transport.close();
        names.shutdownNow();
        Stream.of(answers, lookUps, contents, tags)
                .flatMap(asked -> asked.values().stream())
                .forEach(answer -> answer.cancel(false));
    }

    private static QuestionKey key(ImageReference image, Optional<Login> login) {
        return new QuestionKey(image.repository() + "@" + image.version(), login);
    }

    private Answer answer(Conversation conversation, Optional<Login> login) {
        Answer answer = new Question(conversation, login.flatMap(transport::expires)).answer();
        if (answer.verdict() == Verdict.OK) {
            conversations.put(new QuestionKey(conversation.image.repository(), login), conversation);
        }
        return answer;
    }

    /**
     * Runs a question on another thread.
     *
     * @param unasked creates the result if nothing was sent, from a short reason and a sentence
     */
    private <T> CompletableFuture<T> askOnThread(
            ImageReference image,
            Optional<Login> login,
            Function<Conversation, T> question,
            BiFunction<String, String, T> unasked) {
        if (login.filter(each -> each.password().isMarker()).isPresent()) {
            return CompletableFuture.completedFuture(unasked.apply(
                    "a snapshot holds no passwords",
                    "Could not check whether " + image.registry() + " accepts the credentials of \""
                            + login.get().username() + "\": a snapshot has markers in place of passwords. Run the"
                            + " check on the cluster itself."));
        }
        if (settings.isOffline()) {
            return CompletableFuture.completedFuture(unasked.apply(
                    "not asked",
                    "Could not check whether " + image.registry() + " serves " + image.path()
                            + ": registries are not contacted, as requested."));
        }
        Optional<Conversation> earlier =
                Optional.ofNullable(conversations.get(new QuestionKey(image.repository(), login)));
        return CompletableFuture.supplyAsync(
                () -> {
                    Conversation conversation =
                            new Conversation(registries, image, login, Deadline.in(settings.timeout()));
                    earlier.ifPresent(conversation::continueFrom);
                    try {
                        return question.apply(conversation);
                    } catch (RuntimeException e) {
                        // The exception is reported by its class only: a message might quote what was sent.
                        String what = e.getClass().getSimpleName();
                        return unasked.apply(
                                what,
                                "The request to " + image.registry() + " failed with an internal error (" + what
                                        + "): please report it as a bug of Argo Preflight, with the image's name.");
                    } finally {
                        longestChain.accumulateAndGet(conversation.depth(), Math::max);
                    }
                },
                questions);
    }
}
