package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks registries whether a login may pull an image, as a container runtime would, and says what the answer means.
 * One probe is one run: what it learned of a registry, its tokens and its answers are shared by all questions.
 */
public final class RegistryProbe implements Registry {

    private record Asked(String image, Optional<Login> login) {}

    private final RegistrySettings settings;
    private final ExecutorService questions;
    private final ExecutorService helpers;
    private final Transport transport;
    private final Registries registries;
    private final Map<Asked, CompletableFuture<Answer>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger longest = new AtomicInteger();

    public RegistryProbe(RegistrySettings settings) {
        this.settings = settings;
        this.questions = pool(settings.concurrency());
        this.helpers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemon("registry-io"));
        this.transport = new Transport(settings, helpers);
        this.registries = new Registries(settings, transport);
    }

    /**
     * Asks and waits, at most the settings' timeout once the question is under way.
     *
     * @param login the credential to send when the registry asks for one; empty for anonymous
     */
    public Answer ask(ImageReference image, Optional<Login> login) {
        return askAsync(image, login).join();
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        return answers.computeIfAbsent(
                        new Asked(image.repository() + "@" + image.version(), login),
                        key -> CompletableFuture.supplyAsync(() -> answer(image, login), questions))
                .copy();
    }

    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        return CompletableFuture.completedFuture(Fact.unknown("the configuration of " + image + " was not asked for"));
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        return CompletableFuture.completedFuture(
                Fact.unknown("the tags of " + image.repository() + " were not asked for"));
    }

    @Override
    public long requests() {
        return transport.requests();
    }

    /** The most answers that any question waited for one after the other: round trips on the critical path. */
    public int longestChain() {
        return longest.get();
    }

    /** Takes no more questions; those under way are still answered. Idle threads end by themselves, too. */
    @Override
    public void close() {
        questions.shutdown();
        helpers.shutdown();
    }

    private Answer answer(ImageReference image, Optional<Login> login) {
        if (settings.isOffline()) {
            String explanation = "No registry was asked, as it was wished: whether " + image.registry() + " serves "
                    + image.path() + " is not known.";
            return new Answer(Verdict.UNKNOWN, 0, "", "not asked", explanation, Optional.empty(), false);
        }
        Question question = new Question(registries, image, login, Deadline.in(settings.timeout()));
        Answer answer;
        try {
            answer = question.answer();
        } catch (RuntimeException e) {
            // By its class only: a message might quote what was sent.
            String what = e.getClass().getSimpleName();
            String sentence = "The question to " + image.registry() + " failed in an unforeseen way (" + what
                    + "): please report it as a defect of argo-preflight, with the image's name.";
            answer = new Answer(Verdict.UNKNOWN, 0, "", what, sentence, Optional.empty(), false);
        }
        longest.accumulateAndGet(question.depth(), Math::max);
        return answer;
    }

    private static ExecutorService pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemon("registry-question"));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
