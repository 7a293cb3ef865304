package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The knowledge of one run about registries: each is greeted once, each token is requested once, and threads that need
 * the same wait for the same answer. The first of them sends the request on its own thread, so that no one waits for a
 * free one.
 */
public final class Registries {

    /**
     * The answer of a registry to the first request, which had no credential, with its address and the image that was
     * requested.
     */
    public record Greeting(RegistryAccess access, ImageReference image, RegistryReply reply) {}

    private record TokenKey(String registry, String realm, String service, String scope, Optional<Login> login) {}

    /** A request that can end without an answer. */
    interface Asking<T> {
        T ask() throws NoAnswer;
    }

    private final RegistrySettings settings;
    private final Wire wire;
    private final TokenServer tokens;
    private final Map<String, CompletableFuture<Greeting>> greetings = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<RegistryReply>> bases = new ConcurrentHashMap<>();
    private final Map<TokenKey, CompletableFuture<TokenGrant>> grants = new ConcurrentHashMap<>();

    public Registries(RegistrySettings settings, Wire wire) {
        this.settings = settings;
        this.wire = wire;
        this.tokens = new TokenServer(wire);
    }

    public Greeting greet(ImageReference image, Deadline deadline) throws NoAnswer {
        return once(greetings, image.registry(), () -> greetFirst(image, deadline), image.registry(), deadline);
    }

    /** Returns the answer to {@code /v2/} without a credential, which some clients request first. */
    RegistryReply base(ImageReference image, Deadline deadline) throws NoAnswer {
        return once(
                bases,
                image.registry(),
                () -> greet(image, deadline).access().send("GET", "", "*/*", OptionalInt.empty(), deadline),
                image.registry(),
                deadline);
    }

    TokenGrant token(
            String registry, Challenge challenge, String scope, Optional<Login> login, int depth, Deadline deadline)
            throws NoAnswer {
        TokenKey key = new TokenKey(registry, challenge.get("realm"), challenge.get("service"), scope, login);
        return once(
                grants, key, () -> tokens.ask(registry, challenge, scope, login, depth, deadline), registry, deadline);
    }

    /**
     * Greets a registry by https. A host that is insecure by name is then tried by plain http, as docker does. This
     * machine is tried by plain http first, as containerd does, since many servers never answer a TLS hello there.
     */
    private Greeting greetFirst(ImageReference image, Deadline deadline) throws NoAnswer {
        URI secure = RegistryName.base("https", image.registry());
        URI plain = RegistryName.base("http", image.registry());
        if (settings.address(secure).isPresent()) {
            return greet(secure, image, deadline);
        }
        if (RegistryName.isLoopback(secure.getHost())) {
            return greet(plain, secure, image, deadline);
        }
        return settings.isInsecure(secure) ? greet(secure, plain, image, deadline) : greet(secure, image, deadline);
    }

    /**
     * Greets the second address only if the first one does not work, and leaves it time. If both fail, the failure that
     * shows more is thrown.
     */
    private Greeting greet(URI first, URI second, ImageReference image, Deadline deadline) throws NoAnswer {
        Optional<Greeting> greeting = Optional.empty();
        Optional<NoAnswer> failure = Optional.empty();
        try {
            greeting = Optional.of(greet(first, image, deadline.sooner(3)));
            if (greeting.get().reply().status() != 400) {
                return greeting.get();
            }
        } catch (NoAnswer e) {
            failure = Optional.of(e);
        }
        try {
            return greet(second, image, deadline);
        } catch (NoAnswer e) {
            boolean tlsBefore =
                    failure.filter(one -> one.verdict() == Verdict.TLS).isPresent();
            if (e.verdict() == Verdict.TLS && !e.isPlainHttp() && !tlsBefore) {
                throw e;
            }
            // Plain http where https was tried shows nothing if plain http, which was tried too, did not answer.
            Optional<NoAnswer> known = failure.filter(one -> !one.isPlainHttp());
            return greeting.orElseThrow(() -> known.orElse(e));
        }
    }

    private Greeting greet(URI base, ImageReference image, Deadline deadline) throws NoAnswer {
        RegistryAccess access = new RegistryAccess(wire, base, Optional.empty());
        return new Greeting(access, image, ManifestEndpoint.ask("HEAD", access, image, deadline));
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
