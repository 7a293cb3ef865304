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
 * The knowledge of one run about registries. Each registry is greeted once, and each token is requested once: threads
 * that need the same answer wait for it together. The first of these threads sends the request itself, so that no
 * thread waits for a free one.
 */
public final class Registries {

    /**
     * The answer of a registry to the first request, which has no credential.
     *
     * @param access the address of the registry
     * @param image the requested image
     * @param reply the answer
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
        return askOnce(greetings, image.registry(), () -> greetBySettings(image, deadline), image.registry(), deadline);
    }

    /** Returns the answer to {@code /v2/} without a credential, which some clients request first. */
    RegistryReply base(ImageReference image, Deadline deadline) throws NoAnswer {
        return askOnce(
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
        return askOnce(
                grants, key, () -> tokens.ask(registry, challenge, scope, login, depth, deadline), registry, deadline);
    }

    /**
     * Greets a registry by https. For a host that the settings list as insecure, plain http follows, as in docker. For
     * the own machine, plain http is first, as in containerd, since many servers there never answer a TLS hello.
     */
    private Greeting greetBySettings(ImageReference image, Deadline deadline) throws NoAnswer {
        URI secure = RegistryName.base("https", image.registry());
        URI plain = RegistryName.base("http", image.registry());
        if (settings.address(secure).isPresent()) {
            return greetAt(secure, image, deadline);
        }
        if (RegistryName.isLoopback(secure.getHost())) {
            return greetEither(plain, secure, image, deadline);
        }
        return settings.isInsecure(secure)
                ? greetEither(secure, plain, image, deadline)
                : greetAt(secure, image, deadline);
    }

    /**
     * Greets the first address, and the second address only if the first does not work. A part of the time is left for
     * the second. If both fail, the failure that shows more is thrown.
     */
    private Greeting greetEither(URI first, URI second, ImageReference image, Deadline deadline) throws NoAnswer {
        Optional<Greeting> greeting = Optional.empty();
        Optional<NoAnswer> failure = Optional.empty();
        try {
            greeting = Optional.of(greetAt(first, image, deadline.afterPart(3)));
            if (greeting.get().reply().status() != 400) {
                return greeting.get();
            }
        } catch (NoAnswer e) {
            failure = Optional.of(e);
        }
        try {
            return greetAt(second, image, deadline);
        } catch (NoAnswer e) {
            boolean didFirstFailByTls =
                    failure.filter(one -> one.verdict() == Verdict.TLS).isPresent();
            if (e.verdict() == Verdict.TLS && !e.isPlainHttp() && !didFirstFailByTls) {
                throw e;
            }
            // The failure that the server speaks plain http shows nothing if plain http did not work either.
            Optional<NoAnswer> known = failure.filter(one -> !one.isPlainHttp());
            return greeting.orElseThrow(() -> known.orElse(e));
        }
    }

    private Greeting greetAt(URI base, ImageReference image, Deadline deadline) throws NoAnswer {
        RegistryAccess access = new RegistryAccess(wire, base, Optional.empty());
        return new Greeting(access, image, ManifestEndpoint.ask("HEAD", access, image, deadline));
    }

    /** Returns the known answer for a key, or else asks. Other threads wait for the same answer. */
    private static <K, T> T askOnce(
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
