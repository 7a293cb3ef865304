package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.ControllerKeychain;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.probe.LookUpQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says whether Argo's controller can look up the command of an image, by the rules of go-containerregistry: the first
 * credential that matches is the only one that is tried, anonymously only where none matches. Source: argo-workflows
 * workflow/controller/entrypoint/container_registry_index.go.
 */
final class LookUpCheck {

    private LookUpCheck() {}

    /** The Secrets in effect are those of the workflow's spec, then those of the spec's ServiceAccount. */
    static CompletableFuture<Pull> ask(Registry registry, EffectiveSecrets read, ImageReference image) {
        String barred = read.bar();
        ControllerKeychain keychain = ControllerKeychain.of(read.readable);
        CredentialLookup lookup = keychain.lookup(image);
        CompletableFuture<Answer> anonymous = registry.askAsync(image.asLookedUp(), Optional.empty());
        if (!barred.isEmpty() || lookup.error().isPresent()) {
            KeyringError error = barred.isEmpty() ? lookup.error().orElseThrow() : KeyringError.of(barred);
            String sentence =
                    "The controller cannot look up the command of " + image.asLookedUp() + ": " + error.text() + ".";
            return anonymous.thenApply(
                    answer -> read.failed(error, Verdict.INVALID, sentence, List.of(tried(answer, false))));
        }
        if (lookup.credentials().isEmpty()) {
            return registry.lookUpAsync(image.asLookedUp(), Optional.empty())
                    .thenApply(answer -> judge(read, image, lookup, List.of(tried(answer, true))));
        }
        StoredCredential first = lookup.credentials().get(0);
        CompletableFuture<Answer> asked = ask(registry, image, first, keychain);
        CompletableFuture<Answer> compared = asked.thenCombine(
                        anonymous,
                        (answer, none) -> answer.content()
                                ? registry.contentAsync(image.asLookedUp(), Optional.empty(), none)
                                : anonymous)
                .thenCompose(none -> none);
        return asked.thenCombine(compared, (answer, none) -> {
            List<ProbeAttempt> tried = new ArrayList<>();
            tried.add(new ProbeAttempt(Optional.of(first), answer, true));
            tried.add(tried(none, false));
            return judge(read, image, lookup, tried);
        });
    }

    private static ProbeAttempt tried(Answer anonymous, boolean byConsumer) {
        return new ProbeAttempt(Optional.empty(), anonymous, byConsumer);
    }

    private static CompletableFuture<Answer> ask(
            Registry registry, ImageReference image, StoredCredential first, ControllerKeychain keychain) {
        if (keychain.sendsToken(first)) {
            String why =
                    "could not check the look-up, since the controller sends the identity or registry token of this"
                            + " entry, which is not sent here; give the container its command";
            return CompletableFuture.completedFuture(Answer.unasked("not asked", why));
        }
        // Without both a user name and a password go-containerregistry sends nothing (transport/basic.go).
        boolean sends = !first.username().isEmpty() && !first.password().isEmpty();
        return registry.lookUpAsync(
                image.asLookedUp(),
                sends ? Optional.of(new Login(first.username(), first.password())) : Optional.empty());
    }

    private static Pull judge(
            EffectiveSecrets read, ImageReference image, CredentialLookup lookup, List<ProbeAttempt> tried) {
        Answer answer = tried.get(0).answer();
        Verdict verdict = answer.verdict();
        String explanation = answer.explanation();
        if (answer.isPlainHttp() && LookUpQuestion.mayAskByPlainHttp(image.registry())) {
            verdict = Verdict.UNKNOWN;
            explanation = "The controller tries plain http after https for " + image.registry()
                    + ", unlike the nodes, which could not be checked. " + explanation;
        }
        String with = tried.get(0)
                .credential()
                .map(credential -> "with the first credentials that match, those of Secret \"" + credential.secret()
                        + "\" (key \"" + credential.key() + "\", user \"" + credential.username() + "\")")
                .orElse("without credentials, since none match");
        String what = verdict == Verdict.OK
                ? "The controller looks up the command of " + image.asLookedUp() + " " + with + "."
                : verdict.isKnown()
                        ? "The controller cannot look up the command of " + image.asLookedUp() + " " + with + ": "
                                + explanation
                        : "Could not check whether the controller can look up the command of " + image.asLookedUp()
                                + " " + with + ": " + explanation;
        return read.answered(lookup.credentials(), verdict, what, tried);
    }
}
