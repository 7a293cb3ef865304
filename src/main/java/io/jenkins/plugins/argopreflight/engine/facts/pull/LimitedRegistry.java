package io.jenkins.plugins.argopreflight.engine.facts.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A registry client that stops at the budget's limits of images and hosts. The answers for further images are unknown.
 */
public final class LimitedRegistry implements Registry {

    private final Registry registry;
    private final Budget budget;

    public LimitedRegistry(Registry registry, Budget budget) {
        this.registry = registry;
        this.budget = budget;
    }

    @Override
    public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
        Optional<OverBudget> refusal = refusal(image);
        return refusal.isEmpty()
                ? registry.askAsync(image, login)
                : CompletableFuture.completedFuture(Answer.unasked("not asked", sentence(refusal.get())));
    }

    @Override
    public CompletableFuture<Answer> contentAsync(ImageReference image, Optional<Login> login, Answer manifestAnswer) {
        return refusal(image).isEmpty()
                ? registry.contentAsync(image, login, manifestAnswer)
                : CompletableFuture.completedFuture(manifestAnswer);
    }

    @Override
    public CompletableFuture<Answer> lookUpAsync(ImageReference image, Optional<Login> login) {
        return refusal(image).isEmpty() ? registry.lookUpAsync(image, login) : askAsync(image, login);
    }

    @Override
    public void expect(ImageReference image) {
        if (refusal(image).isEmpty()) {
            registry.expect(image);
        }
    }

    @Override
    public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
        Optional<OverBudget> refusal = refusal(image);
        return refusal.isEmpty()
                ? registry.configAsync(image, login)
                : CompletableFuture.completedFuture(Fact.unknown(sentence(refusal.get())));
    }

    @Override
    public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
        Optional<OverBudget> refusal = refusal(image);
        return refusal.isEmpty()
                ? registry.tagsAsync(image, login)
                : CompletableFuture.completedFuture(Fact.unknown(sentence(refusal.get())));
    }

    private Optional<OverBudget> refusal(ImageReference image) {
        if (!budget.admits(Limit.HOSTS, image.registry())) {
            return leftOut("images of further registries", Limit.HOSTS);
        }
        return budget.admits(Limit.IMAGES, image.repository() + "@" + image.version())
                ? Optional.empty()
                : leftOut("registry answers for further images", Limit.IMAGES);
    }

    private Optional<OverBudget> leftOut(String facts, Limit limit) {
        OverBudget exceeded = budget.over(limit);
        budget.leftOut(facts, exceeded);
        return Optional.of(exceeded);
    }

    private static String sentence(OverBudget exceeded) {
        return "The registry was not asked: " + exceeded.getMessage() + ".";
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
