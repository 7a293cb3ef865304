package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A check whether consumers get their images from the registries. Equal questions are asked once. The Secrets are read
 * in parallel, then the registries are asked in parallel.
 */
public final class PullCheck {

    private final Registry registry;
    private final SecretSource secrets;
    private final int concurrency;
    private final boolean checkContent;

    /**
     * Creates a check that asks for manifests only. Their content costs two more requests, one of which Docker Hub
     * counts as a pull.
     *
     * @param concurrency number of requests to the cluster that run at the same time
     */
    public PullCheck(Registry registry, SecretSource secrets, int concurrency) {
        this(registry, secrets, concurrency, /* checkContent= */ false);
    }

    private PullCheck(Registry registry, SecretSource secrets, int concurrency, boolean checkContent) {
        this.registry = registry;
        this.secrets = secrets;
        this.concurrency = concurrency;
        this.checkContent = checkContent;
    }

    /** Creates a check that also asks for the blobs that the manifests list. */
    public static PullCheck withContent(Registry registry, SecretSource secrets, int concurrency) {
        return new PullCheck(registry, secrets, concurrency, /* checkContent= */ true);
    }

    /**
     * Returns the pull for each question, in the order of the questions.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if interrupted
     */
    public Map<PullQuestion, Pull> ask(Collection<PullQuestion> questions) {
        readSecrets(questions);
        Map<PullQuestion, CompletableFuture<Pull>> answers = new LinkedHashMap<>();
        questions.forEach(question -> answers.computeIfAbsent(question, this::ask));
        Map<PullQuestion, Pull> pulls = new LinkedHashMap<>();
        answers.forEach((question, pull) -> pulls.put(question, Parallel.await(pull)));
        return pulls;
    }

    private record SecretRead(String namespace, String name, ImageClient reader) {}

    /** Reads the Secrets, and whether the controller can read them, in parallel. */
    private void readSecrets(Collection<PullQuestion> questions) {
        Set<SecretRead> reads = new LinkedHashSet<>();
        questions.forEach(question -> question.secretList().names().forEach(name -> {
            reads.add(new SecretRead(question.namespace(), name, ImageClient.KUBELET));
            reads.add(new SecretRead(question.namespace(), name, question.consumer()));
        }));
        Parallel.forEach(reads, concurrency, this::read);
    }

    private Fact<?> read(SecretRead secret) {
        return secret.reader() == ImageClient.CONTROLLER
                ? secrets.controllerMayGet(secret.namespace(), secret.name())
                : secrets.secret(secret.namespace(), secret.name());
    }

    private CompletableFuture<Pull> ask(PullQuestion question) {
        EffectiveSecrets secretsInEffect = EffectiveSecrets.read(question, secrets);
        boolean kubelet = question.consumer() == ImageClient.KUBELET;
        if (question.isUnresolved()) {
            String sentence = "The image " + question.image() + " is not known before the workflow runs.";
            return CompletableFuture.completedFuture(
                    secretsInEffect.toPull(List.of(), Verdict.UNKNOWN, sentence, List.of()));
        }
        ImageReference image;
        try {
            image = ImageReference.parse(question.image());
        } catch (InvalidImageException e) {
            String sentence = (kubelet ? "The kubelet answers InvalidImageName: " : "The controller's look-up fails: ")
                    + e.getMessage() + ".";
            return CompletableFuture.completedFuture(secretsInEffect.toFailedPull(
                    KeyringError.of(e.getMessage()), Verdict.INVALID, sentence, List.of()));
        }
        return kubelet
                ? KubeletCheck.ask(registry, secretsInEffect, image, checkContent)
                : LookUpCheck.ask(registry, secretsInEffect, image);
    }
}
