package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Registries that nobody asks. */
public final class NoRegistry implements Registry {

    private final Verdict verdict;

    public NoRegistry() {
        this(Verdict.UNKNOWN);
    }

    /** @param verdict why there is no answer */
    public NoRegistry(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        String explanation = "Could not check whether " + image.registry() + " serves " + image.path()
                + ": registries are not contacted, as requested.";
        return CompletableFuture.completedFuture(
                new Answer(verdict, 0, "", "not asked", explanation, Optional.empty(), false));
    }

    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        return CompletableFuture.completedFuture(Fact.unknown("no registry was asked"));
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        return CompletableFuture.completedFuture(Fact.unknown("no registry was asked"));
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public void close() {}
}
