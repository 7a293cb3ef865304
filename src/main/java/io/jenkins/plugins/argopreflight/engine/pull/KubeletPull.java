package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
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
final class KubeletPull {

    private static final char NOT_UTF_8 = '\uFFFD';

    private KubeletPull() {}

    /** @param content whether what the manifest lists counts as well */
    static CompletableFuture<Pull> ask(
            Registry registry, EffectiveSecrets read, ImageReference image, boolean content) {
        KubeletKeyring keyring = KubeletKeyring.of(read.readable);
        CredentialLookup lookup = keyring.lookup(image);
        CompletableFuture<Answer> anonymous = registry.askAsync(image, Optional.empty());
        List<CompletableFuture<Answer>> asked = lookup.credentials().stream()
                .map(credential -> ask(registry, image, credential))
                .toList();
        List<CompletableFuture<Answer>> all = new ArrayList<>(asked);
        all.add(anonymous);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList())
                .thenCompose(answers -> content
                        ? served(registry, image, lookup.credentials(), answers)
                        : CompletableFuture.completedFuture(answers))
                .thenApply(answers -> judge(read, image, keyring, lookup, tried(lookup, answers)));
    }

    /** The answers, the last the anonymous one; who gets the manifest and not what it lists cannot pull. */
    private static CompletableFuture<List<Answer>> served(
            Registry registry, ImageReference image, List<StoredCredential> credentials, List<Answer> answers) {
        int first = answers.stream().map(Answer::verdict).toList().indexOf(Verdict.OK);
        if (first < 0) {
            return CompletableFuture.completedFuture(answers);
        }
        Optional<Login> login =
                first < credentials.size() ? ProbeAttempt.login(credentials.get(first)) : Optional.empty();
        return registry.contentAsync(image, login, answers.get(first)).thenCompose(content -> {
            if (content.verdict() == Verdict.OK) {
                return CompletableFuture.completedFuture(answers);
            }
            List<Answer> others = new ArrayList<>(answers);
            others.set(first, content);
            return served(registry, image, credentials, others);
        });
    }

    /** Go keeps an auth's bytes as they are; where they are no text we would send something else, so we do not. */
    private static CompletableFuture<Answer> ask(Registry registry, ImageReference image, StoredCredential credential) {
        boolean text = (credential.username() + credential.password().reveal()).indexOf(NOT_UTF_8) < 0;
        return text
                ? registry.askAsync(image, ProbeAttempt.login(credential))
                : CompletableFuture.completedFuture(Answer.unasked(
                        "not asked", "its user name or password is not UTF-8, so it was not sent; store it again."));
    }

    private static List<ProbeAttempt> tried(CredentialLookup lookup, List<Answer> answers) {
        List<ProbeAttempt> tried = new ArrayList<>();
        boolean wanting = true;
        int last = answers.size() - 1;
        for (int i = 0; i < last; i++) {
            Answer answer = answers.get(i);
            tried.add(new ProbeAttempt(Optional.of(lookup.credentials().get(i)), answer, wanting));
            wanting &= answer.verdict() != Verdict.OK;
        }
        boolean none = last == 0 && lookup.error().isEmpty();
        tried.add(new ProbeAttempt(Optional.empty(), answers.get(last), none));
        return List.copyOf(tried);
    }

    private static Pull judge(
            EffectiveSecrets read,
            ImageReference image,
            KubeletKeyring keyring,
            CredentialLookup lookup,
            List<ProbeAttempt> tried) {
        if (lookup.error().isPresent()) {
            KeyringError error = lookup.error().get();
            return read.failed(error, Verdict.INVALID, PullSentence.malformed(image, error.text()), tried);
        }
        Verdict verdict = Verdicts.of(tried);
        String sentence = new PullSentence(read, image, keyring.notes()).of(verdict, tried);
        return read.answered(lookup.credentials(), verdict, sentence, tried);
    }
}
