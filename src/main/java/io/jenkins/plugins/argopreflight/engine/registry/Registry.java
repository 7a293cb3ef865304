package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What registries answer: live ones ({@link RegistryProbe}), or what a snapshot says they would. Equal questions are
 * asked once. Futures always complete with a value.
 */
public interface Registry extends AutoCloseable {

    /**
     * Can this login pull this image?
     *
     * @param login the credential to send when the registry asks for one; empty for anonymous
     */
    CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login);

    /**
     * Does this login get what the manifest lists, too? The configuration stands for it: it costs as many requests as
     * {@link #configAsync}, and none after that.
     *
     * @param served the answer to the manifest
     * @return the same, or the refusal
     */
    default CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer served) {
        return CompletableFuture.completedFuture(served);
    }

    /**
     * Can Argo's controller read the image's configuration with this login? Where nothing is sent, what is known of the
     * pull counts.
     */
    default CompletableFuture<Answer> lookUpAsync(ImageReference image, Optional<Login> login) {
        return askAsync(image, login).thenCompose(served -> contentAsync(image, login, served));
    }

    /** This image will be asked about: a live registry can be greeted meanwhile. */
    default void expect(ImageReference image) {
        // Nothing to do beforehand.
    }

    /** The configuration of an image that this login can pull; for an index that of linux/amd64, else of its first. */
    CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login);

    /** The tags of the image's repository, at most a thousand; Unknown where the registry does not list them. */
    CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login);

    /** How many requests were sent so far. */
    long requests();

    @Override
    void close();
}
