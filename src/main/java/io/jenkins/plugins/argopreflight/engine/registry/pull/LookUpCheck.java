package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ControllerKeychain;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.probe.LookUpQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A check whether Argo's controller can look up the command of an image, by the rules of go-containerregistry: it tries
 * only the first credential that matches, and asks anonymously if none matches. Source: argo-workflows
 * workflow/controller/entrypoint/container_registry_index.go.
 */
final class LookUpCheck {

    private LookUpCheck() {}

    /**
     * Asks the registry. The Secrets in effect are those of the workflow's spec, then those of the spec's
     * ServiceAccount.
     */
    static CompletableFuture<Pull> ask(Registry registry, EffectiveSecrets secrets, ImageReference image) {
        String forbidden = secrets.forbiddenReason();
        ControllerKeychain keychain = ControllerKeychain.of(secrets.readable);
        CredentialLookup lookup = keychain.lookup(image);
        CompletableFuture<Answer> anonymous = registry.askAsync(image.asLookedUp(), Optional.empty());
        if (!forbidden.isEmpty() || lookup.error().isPresent()) {
            KeyringError error = forbidden.isEmpty() ? lookup.error().orElseThrow() : KeyringError.of(forbidden);
            String sentence =
                    "The controller cannot look up the command of " + image.asLookedUp() + ": " + error.text() + ".";
            return anonymous.thenApply(
                    answer -> secrets.toFailedPull(error, Verdict.INVALID, sentence, List.of(comparedAttempt(answer))));
        }
        if (lookup.credentials().isEmpty()) {
            return registry.lookUpAsync(image.asLookedUp(), Optional.empty())
                    .thenApply(answer -> judge(secrets, image, lookup, List.of(anonymousAttempt(answer))));
        }
        StoredCredential first = lookup.credentials().get(0);
        CompletableFuture<Answer> withFirst = ask(registry, image, first, keychain);
        CompletableFuture<Answer> compared = withFirst
                .thenCombine(
                        anonymous,
                        (answer, anonymousAnswer) -> answer.contentRefused()
                                ? registry.contentAsync(image.asLookedUp(), Optional.empty(), anonymousAnswer)
                                : anonymous)
                .thenCompose(future -> future);
        return withFirst.thenCombine(compared, (answer, anonymousAnswer) -> {
            List<Attempt> attempts = new ArrayList<>();
            attempts.add(new Attempt(Optional.of(first), answer, /* byConsumer= */ true));
            attempts.add(comparedAttempt(anonymousAnswer));
            return judge(secrets, image, lookup, attempts);
        });
    }

    /** Returns the attempt of the controller without credentials. */
    private static Attempt anonymousAttempt(Answer anonymous) {
        return new Attempt(Optional.empty(), anonymous, /* byConsumer= */ true);
    }

    /** Returns an attempt without credentials that the controller does not make; it shows whether the image is public. */
    private static Attempt comparedAttempt(Answer anonymous) {
        return new Attempt(Optional.empty(), anonymous, /* byConsumer= */ false);
    }

    private static CompletableFuture<Answer> ask(
            Registry registry, ImageReference image, StoredCredential first, ControllerKeychain keychain) {
        if (keychain.sendsToken(first)) {
            String reason =
                    "could not check the look-up, since the controller sends the identity or registry token of this"
                            + " entry, which is not sent here; give the container its command";
            return CompletableFuture.completedFuture(Answer.unasked("not asked", reason));
        }
        // If the user name or the password is empty, go-containerregistry sends no credentials (transport/basic.go).
        boolean sendsLogin = !first.username().isEmpty() && !first.password().isEmpty();
        return registry.lookUpAsync(
                image.asLookedUp(),
                sendsLogin ? Optional.of(new Login(first.username(), first.password())) : Optional.empty());
    }

    private static Pull judge(
            EffectiveSecrets secrets, ImageReference image, CredentialLookup lookup, List<Attempt> attempts) {
        Answer answer = attempts.get(0).answer();
        Verdict verdict = answer.verdict();
        String explanation = answer.explanation();
        if (answer.isPlainHttp() && LookUpQuestion.mayAskByPlainHttp(image.registry())) {
            verdict = Verdict.UNKNOWN;
            explanation = "The controller tries plain http after https for " + image.registry()
                    + ", unlike the nodes, which could not be checked. " + explanation;
        }
        String credentialText = attempts.get(0)
                .credential()
                .map(credential -> "with the first credentials that match, those of Secret \"" + credential.secret()
                        + "\" (key \"" + credential.key() + "\", user \"" + credential.username() + "\")")
                .orElse("without credentials, since none match");
        String sentence = verdict == Verdict.OK
                ? "The controller looks up the command of " + image.asLookedUp() + " " + credentialText + "."
                : verdict.isKnown()
                        ? "The controller cannot look up the command of " + image.asLookedUp() + " " + credentialText
                                + ": " + explanation
                        : "Could not check whether the controller can look up the command of " + image.asLookedUp()
                                + " " + credentialText + ": " + explanation;
        return secrets.toPull(lookup.credentials(), verdict, sentence, attempts);
    }
}
