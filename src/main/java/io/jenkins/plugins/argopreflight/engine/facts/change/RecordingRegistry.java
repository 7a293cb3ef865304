package io.jenkins.plugins.argopreflight.engine.facts.change;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A registry that passes every request on, and reports the digests in the answers about pulls ({@link #askAsync}). Other
 * answers add none: each image that is looked up is also pulled.
 */
final class RecordingRegistry implements Registry {

    private final Registry registry;
    private final BiConsumer<ImageReference, String> digestConsumer;

    RecordingRegistry(Registry registry, BiConsumer<ImageReference, String> digestConsumer) {
        this.registry = registry;
        this.digestConsumer = digestConsumer;
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        return registry.askAsync(image, login).thenApply(answer -> {
            digestConsumer.accept(image, answer.digest());
            return answer;
        });
    }

    @Override
    public CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer manifestAnswer) {
        return registry.contentAsync(image, login, manifestAnswer);
    }

    @Override
    public CompletableFuture<Answer> lookUpAsync(ImageReference image, Optional<Login> login) {
        return registry.lookUpAsync(image, login);
    }

    @Override
    public void expect(ImageReference image) {
        registry.expect(image);
    }

    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        return registry.configAsync(image, login);
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        return registry.tagsAsync(image, login);
    }

    @Override
    public long requests() {
        return registry.requests();
    }

    @Override
    public void close() {
        registry.close();
    }
}
