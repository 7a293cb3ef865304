package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results of all pulls: one cause for each. */
final class PullCauses {

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
    static PullCause of(PodPull row) {
        Pull pull = row.pull();
        if (pull.question().isUnresolved()) {
            return PullCause.of(PullCause.Kind.UNRESOLVED, row);
        }
        if (!pull.question().assumption().isEmpty() && pull.verdict() != Verdict.OK) {
            PullCause.Kind kind = row.isLookUp() ? PullCause.Kind.CONTROLLER_UNKNOWN : PullCause.Kind.EXECUTOR_UNKNOWN;
            return PullCause.of(kind, row);
        }
        if (!row.isLookUp()
                && pull.accountExists().ifKnown().filter(exists -> !exists).isPresent()) {
            return PullCause.of(PullCause.Kind.NO_ACCOUNT, row);
        }
        if (pull.verdict() == Verdict.INVALID && pull.attempts().isEmpty()) {
            return PullCause.of(PullCause.Kind.INVALID_NAME, row);
        }
        if (!row.isLookUp() && row.policy().equals("Never")) {
            return PullCause.of(PullCause.Kind.POLICY_NEVER, row);
        }
        if (!pull.forbiddenSecrets().isEmpty()) {
            return new PullCause(PullCause.Kind.BARRED, row, pull.forbiddenSecrets().get(0), "", Optional.empty());
        }
        if (pull.hasUncertainAlternative()) {
            return PullCause.of(PullCause.Kind.IDENTITY_UNKNOWN, row);
        }
        return ofVerdict(row, pull.verdict());
    }

    /** Returns the cause if the pull secrets were the only credentials. */
    static PullCause withSecretsOnly(PodPull row) {
        return ofVerdict(row, row.pull().verdictOfSecrets());
    }

    private static PullCause ofVerdict(PodPull row, Verdict verdict) {
        return row.pull().error().isEmpty() || verdict == Verdict.OK
                ? ofAnswer(row, verdict)
                : withUnreadableSecret(row);
    }

    private static PullCause withUnreadableSecret(PodPull row) {
        if (row.pull().verdict() == Verdict.UNKNOWN) {
            Optional<PullSecretView> unread = row.pull().secrets().stream()
                    .filter(PullSecretView::isUnread)
                    .findFirst();
            PullCause.Kind kind = row.pull().accountExists().ifKnown().isEmpty()
                    ? PullCause.Kind.ACCOUNT_UNKNOWN
                    : unread.isPresent() ? PullCause.Kind.SECRET_UNKNOWN : PullCause.Kind.CONTROLLER_UNKNOWN;
            return new PullCause(kind, row, unread.map(PullSecretView::name).orElse(""), "", Optional.empty());
        }
        return row.pull()
                .keyringError()
                .flatMap(KeyringError::place)
                .map(at -> new PullCause(PullCause.Kind.MALFORMED, row, at.secret(), at.key(), Optional.empty()))
                .orElseGet(() -> PullCause.of(PullCause.Kind.UNREADABLE_NAME, row));
    }

    private static PullCause ofAnswer(PodPull row, Verdict verdict) {
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
            Optional<Attempt> decisive = decisive(row, verdict);
            Optional<StoredCredential> usedCredential =
                    decisive.flatMap(Attempt::credential).filter(each -> verdict == Verdict.OK);
            return new PullCause(
                    kind,
                    row,
                    usedCredential.map(StoredCredential::secret).orElse(""),
                    usedCredential.map(StoredCredential::key).orElse(""),
                    decisive);
        }
        return row.pull().credentials().isEmpty()
                ? NoCredential.cause(row, decisive(row, verdict))
                : refused(row, verdict);
    }

    private static PullCause refused(PodPull row, Verdict verdict) {
        Attempt decisive =
                decisive(row, verdict).orElseGet(() -> row.pull().attempts().get(0));
        StoredCredential credential =
                decisive.credential().orElseGet(() -> row.pull().credentials().get(0));
        PullCause.Kind kind = verdict == Verdict.REJECTED
                ? PullCause.Kind.REJECTED
                : verdict == Verdict.NO_RIGHT ? PullCause.Kind.NO_RIGHT : PullCause.Kind.MISSING_OR_NO_RIGHT;
        boolean isPublic = row.pull().attempts().stream()
                .anyMatch(attempt ->
                        attempt.credential().isEmpty() && attempt.answer().verdict() == Verdict.OK);
        if (row.pull().credentials().stream().allMatch(each -> each.username().isEmpty())) {
            kind = PullCause.Kind.EMPTY;
        } else if (isPublic) {
            kind = PullCause.Kind.STALE_ON_PUBLIC;
        } else if (kind == PullCause.Kind.REJECTED && hasNote(row, credential, KeyringNote.Kind.AUTH_WINS)) {
            kind = PullCause.Kind.AUTH_WINS;
        } else if (isExpired(decisive.answer())) {
            kind = PullCause.Kind.EXPIRED;
        }
        return new PullCause(kind, row, credential.secret(), credential.key(), Optional.of(decisive));
    }

    private static boolean isExpired(Answer answer) {
        String message = (answer.code() + " " + answer.message()).toLowerCase(Locale.ROOT);
        return message.contains("expired")
                || answer.credentialExpires().filter(Instant.now()::isAfter).isPresent();
    }

    private static boolean hasNote(PodPull row, StoredCredential credential, KeyringNote.Kind kind) {
        return row.pull().secrets().stream()
                .filter(view -> view.name().equals(credential.secret()))
                .flatMap(view -> view.notes().stream())
                .anyMatch(note -> note.kind() == kind && note.key().equals(credential.key()));
    }

    private static Optional<Attempt> decisive(PodPull row, Verdict verdict) {
        Optional<Attempt> byConsumer = row.pull().attempts().stream()
                .filter(attempt -> attempt.byConsumer() && attempt.answer().verdict() == verdict)
                .findFirst();
        return byConsumer.or(() -> row.pull().attempts().stream()
                .filter(attempt -> attempt.answer().verdict() == verdict)
                .findFirst());
    }
}
