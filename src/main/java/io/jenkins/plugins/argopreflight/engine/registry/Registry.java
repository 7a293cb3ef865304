package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A source of the answers of registries: of live registries ({@link RegistryProbe}), or of a snapshot. Equal questions
 * are sent once. Futures always complete with a value.
 */
public interface Registry extends AutoCloseable {

    /**
     * Checks whether a login can pull an image.
     *
     * @param login the credential to send if the registry requires one; empty for anonymous
     */
    CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login);

    /**
     * Checks whether a login also gets the content that the manifest lists. Only the configuration is requested, as a
     * sample of the content. The requests are those of {@link #configAsync}, which sends none after this method.
     *
     * @param manifestAnswer the answer to the manifest
     * @return the same answer, or the refusal
     */
    default CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer manifestAnswer) {
        return CompletableFuture.completedFuture(manifestAnswer);
    }

    /**
     * Checks whether Argo's controller can read the image's configuration with a login. By default, returns the answer
     * for a pull.
     */
    default CompletableFuture<Answer> lookUpAsync(ImageReference image, Optional<Login> login) {
        return askAsync(image, login).thenCompose(manifestAnswer -> contentAsync(image, login, manifestAnswer));
    }

    /** Announces a later question about an image, so that a live registry can be connected until then. */
    default void expect(ImageReference image) {
        // Nothing to prepare.
    }

    /**
     * Returns the configuration of an image that this login can pull; of an index, the configuration for linux/amd64,
     * or else of its first entry.
     */
    CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login);

    /** Returns the tags of the image's repository, at most a thousand; Unknown if the registry does not list them. */
    CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login);

    /** The number of requests that were sent so far. */
    long requests();

    @Override
    void close();
}
