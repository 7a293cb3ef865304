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
 * the answers. A probe is for one run: tokens, answers and everything else that it learned of a registry are shared by
 * all questions.
 */
public final class RegistryProbe implements Registry {

    private record Asked(String what, Optional<Login> login) {}

    /** Threads for questions of all runs, with the number that one run can have. */
    private static final SharedThreads QUESTIONS = new SharedThreads("registry-question", 128, 64);

    /**
     * Threads for look-ups of names, which cannot be interrupted. They are separate, since a question waits for a
     * look-up.
     */
    private static final SharedThreads NAMES = new SharedThreads("registry-name", 64, 32);

    private final RegistrySettings settings;
    private final Crew questions;
    private final Crew names;
    private final RegistryTransport transport;
    private final Registries registries;
    private final Map<Asked, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final Map<Asked, CompletableFuture<Answer>> lookUps = new ConcurrentHashMap<>();
    private final Map<Asked, CompletableFuture<ConfigQuestion.Content>> contents = new ConcurrentHashMap<>();
    private final Map<Asked, CompletableFuture<Fact<List<String>>>> tags = new ConcurrentHashMap<>();

    /**
     * Successful conversations, by repository and login: a later question that continues one needs no greeting and no
     * token.
     */
    private final Map<Asked, Conversation> entered = new ConcurrentHashMap<>();

    private final AtomicInteger longest = new AtomicInteger();

    public RegistryProbe(RegistrySettings settings) {
        this.settings = settings;
        this.questions = QUESTIONS.crew(this, settings.concurrency());
        this.names = NAMES.crew(this, settings.concurrency());
        this.transport = new RegistryTransport(settings, names);
        this.registries = new Registries(settings, transport);
    }

    /**
     * Asks and waits, at most the settings' timeout once the question is under way.
     *
     * @param login the credential to send if the registry requires one; empty for anonymous
     */
    public Answer ask(ImageReference image, Optional<Login> login) {
        return askAsync(image, login).join();
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        return answers.computeIfAbsent(
                        asked(image, login), key -> later(image, login, talk -> answer(talk, login), Answer::unasked))
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
                                        asked(image, login),
                                        key -> later(
                                                image,
                                                login,
                                                talk -> new LookUpQuestion(talk, settings).answer(pulled),
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
            // The registry's greeting keeps the failure: a request for the image reports it.
            return;
        }
    }

    /**
     * {@inheritDoc} Takes two round trips for an image whose pull was allowed, three for an index; otherwise one less
     * than after asking.
     */
    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        Asked key = asked(image, login);
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
                asked(image, login),
                one -> later(
                        image,
                        login,
                        talk -> new ConfigQuestion(talk).answer(),
                        (message, why) -> ConfigQuestion.Content.unknown(why)));
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        return tags.computeIfAbsent(
                        new Asked(image.repository(), login),
                        one -> later(
                                image,
                                login,
                                talk -> new TagsQuestion(talk).answer(),
                                (message, why) -> Fact.unknown(why)))
                .copy();
    }

    @Override
    public long requests() {
        return transport.requests();
    }

    /**
     * The greatest number of answers that a question waited for one after the other: round trips on the critical path.
     */
    public int longestChain() {
        return longest.get();
    }

    /** Refuses further questions, and ends those under way: the caller has all answers, or does not need them. */
    @Override
    public void close() {
        questions.shutdownNow();
        transport.close();
        names.shutdownNow();
        Stream.of(answers, lookUps, contents, tags)
                .flatMap(asked -> asked.values().stream())
                .forEach(answer -> answer.cancel(false));
    }

    private static Asked asked(ImageReference image, Optional<Login> login) {
        return new Asked(image.repository() + "@" + image.version(), login);
    }

    private Answer answer(Conversation talk, Optional<Login> login) {
        Answer answer = new Question(talk, login.flatMap(transport::expires)).answer();
        if (answer.verdict() == Verdict.OK) {
            entered.put(new Asked(talk.image.repository(), login), talk);
        }
        return answer;
    }

    /**
     * Runs a question on another thread.
     *
     * @param unasked creates the result if nothing was sent, from a short reason and a sentence
     */
    private <T> CompletableFuture<T> later(
            ImageReference image,
            Optional<Login> login,
            Function<Conversation, T> asking,
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
        Optional<Conversation> earlier = Optional.ofNullable(entered.get(new Asked(image.repository(), login)));
        return CompletableFuture.supplyAsync(
                () -> {
                    Conversation talk = new Conversation(registries, image, login, Deadline.in(settings.timeout()));
                    earlier.ifPresent(talk::after);
                    try {
                        return asking.apply(talk);
                    } catch (RuntimeException e) {
                        // The exception is reported by its class only: a message might quote what was sent.
                        String what = e.getClass().getSimpleName();
                        return unasked.apply(
                                what,
                                "The request to " + image.registry() + " failed with an internal error (" + what
                                        + "): please report it as a bug of Argo Preflight, with the image's name.");
                    } finally {
                        longest.accumulateAndGet(talk.depth(), Math::max);
                    }
                },
                questions);
    }
}
