package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one run has learned of registries: each is greeted once, each token is asked for once, and whoever needs the
 * same waits for the same answer. The first to need it asks on its own thread, so that nobody waits for a free one.
 */
final class Registries {

    /** How a registry greeted the first question: its base, and its answer to that image without a credential. */
    record Greeting(URI base, ImageReference image, Reply reply) {}

    private record TokenKey(String registry, String realm, String service, String scope, Optional<Login> login) {}

    /** Something that may end without an answer. */
    interface Asking<T> {
        T ask() throws NoAnswer;
    }

    private final RegistrySettings settings;
    private final Manifests manifests;
    private final TokenServer tokens;
    private final Map<String, CompletableFuture<Greeting>> greetings = new ConcurrentHashMap<>();
    private final Map<TokenKey, CompletableFuture<Grant>> grants = new ConcurrentHashMap<>();

    Registries(RegistrySettings settings, Transport transport) {
        this.settings = settings;
        this.manifests = new Manifests(transport);
        this.tokens = new TokenServer(transport);
    }

    Manifests manifests() {
        return manifests;
    }

    Greeting greet(ImageReference image, Deadline deadline) throws NoAnswer {
        return once(greetings, image.registry(), () -> greetFirst(image, deadline), image.registry(), deadline);
    }

    Grant token(String registry, Challenge challenge, String scope, Optional<Login> login, int depth, Deadline deadline)
            throws NoAnswer {
        TokenKey key = new TokenKey(registry, challenge.get("realm"), challenge.get("service"), scope, login);
        return once(
                grants,
                key,
                () -> tokens.ask(registry, challenge, scope, login, depth, deadline),
                registry,
                deadline);
    }

    /** By https; then by plain http where that is allowed and https does not work. */
    private Greeting greetFirst(ImageReference image, Deadline deadline) throws NoAnswer {
        URI secure = RegistryName.base("https", image.registry());
        boolean mayBePlain = settings.address(secure).isEmpty()
                && (settings.isInsecure(secure) || RegistryName.isLoopback(secure.getHost()));
        try {
            return new Greeting(secure, image, manifests.ask("HEAD", secure, image, Optional.empty(), deadline));
        } catch (NoAnswer e) {
            boolean other = e.verdict() == Verdict.TLS || e.verdict() == Verdict.UNREACHABLE;
            if (!mayBePlain || !other) {
                throw e;
            }
            return plain(image, deadline, e);
        }
    }

    private Greeting plain(ImageReference image, Deadline deadline, NoAnswer secureFailure) throws NoAnswer {
        URI base = RegistryName.base("http", image.registry());
        try {
            Reply reply = manifests.ask("HEAD", base, image, Optional.empty(), deadline);
            if (reply.status() == 400) {
                throw secureFailure;
            }
            return new Greeting(base, image, reply);
        } catch (NoAnswer e) {
            throw secureFailure;
        }
    }

    private static <K, T> T once(
            Map<K, CompletableFuture<T>> known, K key, Asking<T> asking, String registry, Deadline deadline)
            throws NoAnswer {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> shared = known.putIfAbsent(key, mine);
        if (shared == null) {
            shared = mine;
            try {
                mine.complete(asking.ask());
            } catch (NoAnswer | RuntimeException e) {
                mine.completeExceptionally(e);
            }
        }
        try {
            return shared.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Failures.timeout(registry, deadline);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoAnswer noAnswer) {
                throw noAnswer;
            }
            throw new IllegalStateException("could not ask " + registry, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(registry);
        }
    }
}
