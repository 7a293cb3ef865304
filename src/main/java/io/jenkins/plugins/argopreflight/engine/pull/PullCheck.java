package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says whether the kubelet can pull, by its own rules (kubernetes' pkg/kubelet/kuberuntime/kuberuntime_image.go): no
 * credential matches: one anonymous pull; else each in turn, the first success wins, and never an anonymous one after
 * them. It also asks anonymously where the kubelet would not, to show a stale credential from a missing right.
 */
public final class PullCheck implements ImagePuller {

    private static final char NOT_UTF_8 = '\uFFFD';

    private final Registry registry;

    public PullCheck(Registry registry) {
        this.registry = registry;
    }

    /**
     * Answers all questions, asking the registries concurrently; in the order of the questions.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when interrupted
     */
    public List<Pull> check(List<PullQuestion> questions) {
        return Parallel.await(questions.stream().map(this::check).toList());
    }

    /** {@inheritDoc} Nothing bars the kubelet. */
    @Override
    public CompletableFuture<Pull> check(PullQuestion question, String barred) {
        return check(question);
    }

    /** Answers one question without waiting. */
    public CompletableFuture<Pull> check(PullQuestion question) {
        ImageReference image;
        try {
            image = ImageReference.parse(question.image());
        } catch (InvalidImageException e) {
            String sentence = "The kubelet answers InvalidImageName: " + e.getMessage() + ".";
            return CompletableFuture.completedFuture(question.answered(
                    Consumer.KUBELET, List.of(), e.getMessage(), Verdict.INVALID, sentence, List.of()));
        }
        KubeletKeyring keyring = KubeletKeyring.of(question.secrets());
        CredentialLookup lookup = keyring.lookup(image);
        CompletableFuture<Answer> anonymous = registry.askAsync(image, Optional.empty());
        List<CompletableFuture<Answer>> asked = lookup.credentials().stream()
                .map(credential -> ask(image, credential))
                .toList();
        List<CompletableFuture<Answer>> all = new ArrayList<>(asked);
        all.add(anonymous);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> judge(question, image, keyring, lookup, tried(lookup, asked, anonymous)));
    }

    /** Go keeps an auth's bytes as they are; where they are no text we would send something else, so we do not. */
    private CompletableFuture<Answer> ask(ImageReference image, StoredCredential credential) {
        boolean text = (credential.username() + credential.password().reveal()).indexOf(NOT_UTF_8) < 0;
        return text
                ? registry.askAsync(image, login(credential))
                : CompletableFuture.completedFuture(new Answer(
                        Verdict.UNKNOWN,
                        0,
                        "",
                        "not asked",
                        "its user name or password is not UTF-8, so it was not sent; store it again.",
                        Optional.empty(),
                        false));
    }

    /** Container runtimes send nothing for a credential without a user name, as the kubelet never sets a token. */
    private static Optional<Login> login(StoredCredential credential) {
        return credential.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(credential.username(), credential.password()));
    }

    private static List<ProbeAttempt> tried(
            CredentialLookup lookup, List<CompletableFuture<Answer>> asked, CompletableFuture<Answer> anonymous) {
        List<ProbeAttempt> tried = new ArrayList<>();
        boolean wanting = true;
        for (int i = 0; i < asked.size(); i++) {
            Answer answer = asked.get(i).join();
            tried.add(new ProbeAttempt(Optional.of(lookup.credentials().get(i)), answer, wanting));
            wanting &= answer.verdict() != Verdict.OK;
        }
        boolean none = asked.isEmpty() && lookup.error().isEmpty();
        tried.add(new ProbeAttempt(Optional.empty(), anonymous.join(), none));
        return List.copyOf(tried);
    }

    private static Pull judge(
            PullQuestion question,
            ImageReference image,
            KubeletKeyring keyring,
            CredentialLookup lookup,
            List<ProbeAttempt> tried) {
        if (lookup.error().isPresent()) {
            String error = lookup.error().get();
            return question.answered(
                    Consumer.KUBELET, List.of(), error, Verdict.INVALID, PullSentence.malformed(image, error), tried);
        }
        Verdict verdict = Verdicts.of(tried);
        String sentence = new PullSentence(question, image, keyring.notes()).of(verdict, tried);
        return question.answered(Consumer.KUBELET, lookup.credentials(), "", verdict, sentence, tried);
    }
}
