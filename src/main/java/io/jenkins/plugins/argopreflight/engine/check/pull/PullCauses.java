package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The results of all pulls: one cause for each. */
final class PullCauses {

    /** Matches registries with public images that answer 401 or 403 also for missing images. */
    private static final Pattern PUBLIC = Pattern.compile(
            "docker\\.io|quay\\.io|ghcr\\.io|registry\\.gitlab\\.com|public\\.ecr\\.aws|.*\\bgcr\\.io|.*-docker\\.pkg\\.dev");

    private record Container(ArgoPod pod, String path) {

        static Container of(PullCause cause) {
            return new Container(cause.podPull().pod(), cause.podPull().path());
        }
    }

    private final Map<Container, PullCause> kubelet = new HashMap<>();
    private final List<PullCause> all;

    private PullCauses(Facts facts) {
        List<PullCause> causes = facts.pulls().stream().map(PullCauses::of).toList();
        causes.stream()
                .filter(cause -> !cause.podPull().isLookUp())
                .forEach(cause -> kubelet.put(Container.of(cause), cause));
        all = causes.stream()
                .map(cause -> cause.podPull().isLookUp() ? cause.comparedWith(kubelet.get(Container.of(cause))) : cause)
                .toList();
    }

    /** Returns the causes of a run, which are determined once. */
    static PullCauses of(Facts facts) {
        return facts.derived(PullCauses.class, PullCauses::new);
    }

    /** Returns the cause of each pull. */
    static List<PullCause> all(Facts facts) {
        return of(facts).all;
    }

    /** Returns the cause of the kubelet's pull of the image that the controller looks up. */
    Optional<PullCause> kubelet(PullCause lookUp) {
        return Optional.ofNullable(kubelet.get(Container.of(lookUp)));
    }

    /** Returns the cause of one pull. */
    static PullCause of(PodPull podPull) {
        Pull pull = podPull.pull();
        if (pull.question().isUnresolved()) {
            return PullCause.of(PullCause.Kind.UNRESOLVED, podPull);
        }
        if (!pull.question().assumption().isEmpty() && pull.verdict() != Verdict.OK) {
            PullCause.Kind kind =
                    podPull.isLookUp() ? PullCause.Kind.CONTROLLER_UNKNOWN : PullCause.Kind.EXECUTOR_UNKNOWN;
            return PullCause.of(kind, podPull);
        }
        if (!podPull.isLookUp()
                && pull.accountExists().ifKnown().filter(exists -> !exists).isPresent()) {
            return PullCause.of(PullCause.Kind.NO_ACCOUNT, podPull);
        }
        if (pull.verdict() == Verdict.INVALID && pull.attempts().isEmpty()) {
            return PullCause.of(PullCause.Kind.INVALID_NAME, podPull);
        }
        if (!podPull.isLookUp() && podPull.imagePullPolicy().equals("Never")) {
            return PullCause.of(PullCause.Kind.POLICY_NEVER, podPull);
        }
        if (!pull.forbiddenSecrets().isEmpty()) {
            return new PullCause(
                    PullCause.Kind.BARRED, podPull, pull.forbiddenSecrets().get(0), "", Optional.empty());
        }
        if (pull.hasUncertainAlternative()) {
            return PullCause.of(PullCause.Kind.IDENTITY_UNKNOWN, podPull);
        }
        return ofVerdict(podPull, pull.verdict());
    }

    /** Returns the cause if the pull secrets were the only credentials. */
    static PullCause withSecretsOnly(PodPull podPull) {
        return ofVerdict(podPull, podPull.pull().verdictOfSecrets());
    }

    private static PullCause ofVerdict(PodPull podPull, Verdict verdict) {
        return podPull.pull().error().isEmpty() || verdict == Verdict.OK
                ? ofAnswer(podPull, verdict)
                : withUnreadableSecret(podPull);
    }

    private static PullCause withUnreadableSecret(PodPull podPull) {
        if (podPull.pull().verdict() == Verdict.UNKNOWN) {
            Optional<PullSecretView> unread = podPull.pull().secrets().stream()
                    .filter(PullSecretView::isUnread)
                    .findFirst();
            PullCause.Kind kind = podPull.pull().accountExists().ifKnown().isEmpty()
                    ? PullCause.Kind.ACCOUNT_UNKNOWN
                    : unread.isPresent() ? PullCause.Kind.SECRET_UNKNOWN : PullCause.Kind.CONTROLLER_UNKNOWN;
            return new PullCause(kind, podPull, unread.map(PullSecretView::name).orElse(""), "", Optional.empty());
        }
        return podPull.pull()
                .keyringError()
                .flatMap(KeyringError::place)
                .map(at -> new PullCause(PullCause.Kind.MALFORMED, podPull, at.secret(), at.key(), Optional.empty()))
                .orElseGet(() -> PullCause.of(PullCause.Kind.UNREADABLE_NAME, podPull));
    }

    private static PullCause ofAnswer(PodPull podPull, Verdict verdict) {
        PullCause.Kind kind =
                switch (verdict) {
                    case OK -> PullCause.Kind.WORKS;
                    case NOT_FOUND -> PullCause.Kind.NOT_FOUND;
                    case UNREACHABLE -> PullCause.Kind.UNREACHABLE;
                    case TLS -> PullCause.Kind.TLS;
                    case RATE_LIMITED -> PullCause.Kind.RATE_LIMITED;
                    case PLATFORM -> PullCause.Kind.PLATFORM;
                    case UNKNOWN, INVALID -> PullCause.Kind.REGISTRY_UNKNOWN;
                    default -> null;
                };
        if (kind != null) {
            Optional<Attempt> decisive = decisive(podPull, verdict);
            Optional<StoredCredential> usedCredential =
                    decisive.flatMap(Attempt::credential).filter(each -> verdict == Verdict.OK);
            return new PullCause(
                    kind,
                    podPull,
                    usedCredential.map(StoredCredential::secret).orElse(""),
                    usedCredential.map(StoredCredential::key).orElse(""),
                    decisive);
        }
        return podPull.pull().credentials().isEmpty()
                ? withoutCredential(podPull, decisive(podPull, verdict))
                : refused(podPull, verdict);
    }

    /** Returns the cause of a pull that the registry refuses without credentials. The most likely mistake is first. */
    private static PullCause withoutCredential(PodPull podPull, Optional<Attempt> decisive) {
        List<PullSecretView> pullSecrets = podPull.pull().secrets();
        for (PullSecretView view : pullSecrets) {
            if (!view.keysOfRightType().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.WRONG_TYPE,
                        podPull,
                        view.name(),
                        view.keysOfRightType().get(0),
                        decisive);
            }
        }
        List<OtherSecret> others = podPull.pull().otherSecrets().ifKnown().orElse(List.of());
        for (OtherSecret other : others) {
            if (podPull.pull()
                    .question()
                    .secretList()
                    .ignored()
                    .contains(other.view().name())) {
                return new PullCause(
                        PullCause.Kind.HIDDEN, podPull, other.view().name(), "", decisive);
            }
        }
        for (PullSecretView view : pullSecrets) {
            if (view.has(KeyringNote.Kind.NO_ENTRIES) || view.has(KeyringNote.Kind.SECRET_IGNORED)) {
                PullCause.Kind kind = view.type().startsWith("kubernetes.io/docker")
                        ? PullCause.Kind.EMPTY
                        : PullCause.Kind.WRONG_TYPE;
                return new PullCause(kind, podPull, view.name(), "", decisive);
            }
            if (view.similarKey().isPresent()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        podPull,
                        view.name(),
                        view.similarKey().get().key(),
                        decisive);
            }
        }
        for (PullSecretView view : pullSecrets) {
            if (view.presence() == PullSecretView.Presence.ABSENT) {
                return new PullCause(PullCause.Kind.ABSENT, podPull, view.name(), "", decisive);
            }
        }
        PullCause refused = new PullCause(PullCause.Kind.MISSING_OR_NO_RIGHT, podPull, "", "", decisive);
        if (refused.isContentRefused() && others.stream().noneMatch(OtherSecret::works)) {
            return refused;
        }
        return others.isEmpty() ? withoutMatchingSecret(podPull, decisive) : notBound(podPull, others, decisive);
    }

    private static PullCause notBound(PodPull podPull, List<OtherSecret> others, Optional<Attempt> decisive) {
        OtherSecret best =
                others.stream().filter(OtherSecret::works).findFirst().orElse(others.get(0));
        return new PullCause(PullCause.Kind.NOT_BOUND, podPull, best.view().name(), "", decisive);
    }

    /** Returns the cause if no Secret of the namespace is for the image. */
    private static PullCause withoutMatchingSecret(PodPull podPull, Optional<Attempt> decisive) {
        for (PullSecretView view : podPull.pull().secrets()) {
            if (!view.keys().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        podPull,
                        view.name(),
                        view.keys().get(0),
                        decisive);
            }
        }
        boolean canBeMissing = podPull.pull().verdictOfSecrets() == Verdict.MISSING_OR_NO_RIGHT
                && PUBLIC.matcher(PullCause.image(podPull).orElseThrow().registry())
                        .matches();
        return new PullCause(
                canBeMissing ? PullCause.Kind.MISSING_OR_NO_RIGHT : PullCause.Kind.NOT_BOUND,
                podPull,
                "",
                "",
                decisive);
    }

    private static PullCause refused(PodPull podPull, Verdict verdict) {
        Attempt decisive = decisive(podPull, verdict)
                .orElseGet(() -> podPull.pull().attempts().get(0));
        StoredCredential credential = decisive.credential()
                .orElseGet(() -> podPull.pull().credentials().get(0));
        PullCause.Kind kind = verdict == Verdict.REJECTED
                ? PullCause.Kind.REJECTED
                : verdict == Verdict.NO_RIGHT ? PullCause.Kind.NO_RIGHT : PullCause.Kind.MISSING_OR_NO_RIGHT;
        boolean isPublic = podPull.pull().attempts().stream()
                .anyMatch(attempt ->
                        attempt.credential().isEmpty() && attempt.answer().verdict() == Verdict.OK);
        if (podPull.pull().credentials().stream()
                .allMatch(each -> each.username().isEmpty())) {
            kind = PullCause.Kind.EMPTY;
        } else if (isPublic) {
            kind = PullCause.Kind.STALE_ON_PUBLIC;
        } else if (kind == PullCause.Kind.REJECTED && hasNote(podPull, credential, KeyringNote.Kind.AUTH_WINS)) {
            kind = PullCause.Kind.AUTH_WINS;
        } else if (isExpired(decisive.answer())) {
            kind = PullCause.Kind.EXPIRED;
        }
        return new PullCause(kind, podPull, credential.secret(), credential.key(), Optional.of(decisive));
    }

    /**
     * Returns whether a refused credential has expired. Code and message of a refusal are the registry's own, such as
     * "Your authorization token has expired" of Amazon ECR.
     */
    private static boolean isExpired(Answer answer) {
        String message = (answer.code() + " " + answer.message()).toLowerCase(Locale.ROOT);
        return message.contains("expired")
                || answer.credentialExpires().filter(Instant.now()::isAfter).isPresent();
    }

    private static boolean hasNote(PodPull podPull, StoredCredential credential, KeyringNote.Kind kind) {
        return podPull.pull().secrets().stream()
                .filter(view -> view.name().equals(credential.secret()))
                .flatMap(view -> view.notes().stream())
                .anyMatch(note -> note.kind() == kind && note.key().equals(credential.key()));
    }

    private static Optional<Attempt> decisive(PodPull podPull, Verdict verdict) {
        Optional<Attempt> byConsumer = podPull.pull().attempts().stream()
                .filter(attempt -> attempt.byConsumer() && attempt.answer().verdict() == verdict)
                .findFirst();
        return byConsumer.or(() -> podPull.pull().attempts().stream()
                .filter(attempt -> attempt.answer().verdict() == verdict)
                .findFirst());
    }
}
