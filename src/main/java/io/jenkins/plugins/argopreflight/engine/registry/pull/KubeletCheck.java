package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A check whether the kubelet can pull, by its own rules (kubernetes' pkg/kubelet/kuberuntime/kuberuntime_image.go). If
 * no credential matches, the kubelet pulls once without credentials. Otherwise it tries each credential in turn until
 * one works, and never pulls without credentials after them. This check also asks anonymously where the kubelet would
 * not, to distinguish a stale credential from a missing right.
 */
final class KubeletCheck {

    private static final char NOT_UTF_8 = '\uFFFD';

    /** Verdicts on failures, most important first: the one that would remain if the others were fixed. */
    private static final List<Verdict> BY_IMPORTANCE =
            List.of(Verdict.NOT_FOUND, Verdict.NO_RIGHT, Verdict.MISSING_OR_NO_RIGHT, Verdict.TLS, Verdict.REJECTED);

    private KubeletCheck() {}

    /**
     * Asks the registry with each credential that matches the image, and without credentials.
     *
     * @param checkContent whether the blobs that the manifest lists are checked as well
     */
    static CompletableFuture<Pull> ask(
            Registry registry, EffectiveSecrets secrets, ImageReference image, boolean checkContent) {
        KubeletKeyring keyring = KubeletKeyring.of(secrets.readable);
        CredentialLookup lookup = keyring.lookup(image);
        CompletableFuture<Answer> anonymous = registry.askAsync(image, Optional.empty());
        List<CompletableFuture<Answer>> perCredential = lookup.credentials().stream()
                .map(credential -> ask(registry, image, credential))
                .toList();
        List<CompletableFuture<Answer>> all = new ArrayList<>(perCredential);
        all.add(anonymous);
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList())
                .thenCompose(answers -> checkContent
                        ? checkedContent(registry, image, lookup.credentials(), answers)
                        : CompletableFuture.completedFuture(answers))
                .thenApply(answers -> judge(secrets, image, keyring, lookup, attempts(lookup, answers)));
    }

    /**
     * Returns the answers, the anonymous one last. A client that gets the manifest and not the blobs that it lists
     * cannot pull.
     */
    private static CompletableFuture<List<Answer>> checkedContent(
            Registry registry, ImageReference image, List<StoredCredential> credentials, List<Answer> answers) {
        int first = answers.stream().map(Answer::verdict).toList().indexOf(Verdict.OK);
        if (first < 0) {
            return CompletableFuture.completedFuture(answers);
        }
        Optional<Login> login = first < credentials.size() ? Attempt.login(credentials.get(first)) : Optional.empty();
        return registry.contentAsync(image, login, answers.get(first)).thenCompose(content -> {
            if (content.verdict() == Verdict.OK) {
                return CompletableFuture.completedFuture(answers);
            }
            List<Answer> others = new ArrayList<>(answers);
            others.set(first, content);
            return checkedContent(registry, image, credentials, others);
        });
    }

    /**
     * Asks with a credential. Go keeps the bytes of an auth that are not UTF-8. They cannot be sent as text, so the
     * registry is not asked with them.
     */
    private static CompletableFuture<Answer> ask(Registry registry, ImageReference image, StoredCredential credential) {
        boolean isText = (credential.username() + credential.password().reveal()).indexOf(NOT_UTF_8) < 0;
        return isText
                ? registry.askAsync(image, Attempt.login(credential))
                : CompletableFuture.completedFuture(Answer.unasked(
                        "not asked", "its user name or password is not UTF-8, so it was not sent; store it again."));
    }

    private static List<Attempt> attempts(CredentialLookup lookup, List<Answer> answers) {
        List<Attempt> attempts = new ArrayList<>();
        boolean neededByKubelet = true;
        int last = answers.size() - 1;
        for (int i = 0; i < last; i++) {
            Answer answer = answers.get(i);
            attempts.add(new Attempt(Optional.of(lookup.credentials().get(i)), answer, neededByKubelet));
            neededByKubelet &= answer.verdict() != Verdict.OK;
        }
        boolean usedByKubelet = last == 0 && lookup.error().isEmpty();
        attempts.add(new Attempt(Optional.empty(), answers.get(last), usedByKubelet));
        return List.copyOf(attempts);
    }

    private static Pull judge(
            EffectiveSecrets secrets,
            ImageReference image,
            KubeletKeyring keyring,
            CredentialLookup lookup,
            List<Attempt> attempts) {
        if (lookup.error().isPresent()) {
            KeyringError error = lookup.error().get();
            return secrets.toFailedPull(
                    error, Verdict.INVALID, KubeletSentence.malformed(image, error.text()), attempts);
        }
        Verdict verdict = verdict(attempts);
        String sentence = new KubeletSentence(secrets, image, keyring.notes()).of(verdict, attempts);
        return secrets.toPull(lookup.credentials(), verdict, sentence, attempts);
    }

    /** Returns the verdict for attempts with credentials in their order and, last, the anonymous attempt. */
    private static Verdict verdict(List<Attempt> attempts) {
        Answer anonymous = attempts.get(attempts.size() - 1).answer();
        List<Verdict> sent = credentials(attempts).stream()
                .map(attempt -> attempt.answer().verdict())
                .toList();
        if (sent.isEmpty()) {
            return anonymous.verdict();
        }
        if (sent.contains(Verdict.OK)) {
            return Verdict.OK;
        }
        if (breaksPublicImage(attempts)) {
            return Verdict.REJECTED;
        }
        // A credential that could not be checked can be the one that works.
        return sent.stream()
                .filter(verdict -> !verdict.isKnown())
                .findFirst()
                .orElseGet(() -> BY_IMPORTANCE.stream()
                        .filter(sent::contains)
                        .findFirst()
                        .orElse(Verdict.UNKNOWN));
    }

    /**
     * Returns whether the registry gives the image to anonymous clients, but not to clients that send these
     * credentials.
     */
    static boolean breaksPublicImage(List<Attempt> attempts) {
        List<Attempt> sent = credentials(attempts);
        return attempts.get(attempts.size() - 1).answer().verdict() == Verdict.OK
                && !sent.isEmpty()
                && sent.stream().allMatch(attempt -> attempt.answer().verdict().isRefusal());
    }

    static List<Attempt> credentials(List<Attempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.credential().isPresent())
                .toList();
    }
}
