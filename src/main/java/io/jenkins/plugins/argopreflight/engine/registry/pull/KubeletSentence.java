package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote.Kind;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A text that describes a pull of the kubelet: the Secret, key and user, the answer of the registry, and the fix. */
record KubeletSentence(EffectiveSecrets secrets, ImageReference image, List<KeyringNote> notes) {

    /** Kinds of notes that explain why no credential matched. */
    private static final Set<Kind> REASONS_FOR_NO_MATCH = EnumSet.of(
            Kind.SECRET_IGNORED, Kind.NO_ENTRIES, Kind.KEY_IGNORED, Kind.KEY_NEVER_MATCHES, Kind.FIELD_IGNORED);

    /** Kinds of notes that explain why another credential was sent than the one that was meant. */
    private static final Set<Kind> REASONS_FOR_OTHER_CREDENTIAL =
            EnumSet.of(Kind.AUTH_WINS, Kind.RANDOM_ORDER, Kind.HIDES_DOCKER_HUB, Kind.EMPTY_ENTRY);

    private static final int SHOWN_NAMES = 3;

    static String malformed(ImageReference image, String error) {
        return "The kubelet gets no credentials for " + image + ", nor for any other image of the pod: " + error + ".";
    }

    String of(Verdict verdict, List<Attempt> attempts) {
        return verdict(verdict, attempts)
                + missing()
                + (verdict == Verdict.OK
                        ? unread(KubeletCheck.credentials(attempts).isEmpty())
                        : "");
    }

    /**
     * Returns a sentence about listed Secrets that do not exist. The kubelet reports them with an event
     * FailedToRetrieveImagePullSecret.
     */
    private String missing() {
        List<String> names = secrets.names(PullSecretView.Presence.ABSENT);
        if (names.isEmpty()) {
            return "";
        }
        String more = names.size() > SHOWN_NAMES ? " and " + (names.size() - SHOWN_NAMES) + " more" : "";
        return " ServiceAccount \"" + account() + "\" also lists "
                + names.stream()
                        .limit(SHOWN_NAMES)
                        .map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(", ")) + more
                + ", which does not exist in namespace \"" + secrets.question.namespace()
                + "\": create it, or remove the name.";
    }

    /**
     * Returns a sentence about Secrets that could not be read, or "".
     *
     * @param anonymous whether the pull works without credentials
     */
    private String unread(boolean anonymous) {
        List<String> names = secrets.names(PullSecretView.Presence.UNKNOWN);
        return names.isEmpty()
                ? ""
                : " Not checked: Secret "
                        + names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                        + ", which could not be read. "
                        + PullSecretView.importance(anonymous ? image.registry() : "");
    }

    private String verdict(Verdict verdict, List<Attempt> attempts) {
        List<Attempt> sent = KubeletCheck.credentials(attempts);
        Answer anonymous = attempts.get(attempts.size() - 1).answer();
        if (sent.isEmpty()) {
            return verdict == Verdict.OK ? image + " is pulled without credentials." : nothingMatches(anonymous);
        }
        if (verdict == Verdict.OK) {
            return works(sent);
        }
        if (KubeletCheck.breaksPublicImage(attempts)) {
            boolean withoutSecret =
                    sent.get(0).credential().orElseThrow().secret().isEmpty();
            return image + " can be pulled without credentials, but "
                    + sent.stream().map(KubeletSentence::name).collect(Collectors.joining(" and "))
                    + " are refused, and the kubelet never falls back to anonymous: renew them or "
                    + (withoutSecret ? "leave them out" : "remove the entry from the Secret") + ". "
                    + sent.get(0).answer().explanation();
        }
        Attempt decisive = sent.stream()
                .filter(attempt -> attempt.answer().verdict() == verdict)
                .findFirst()
                .orElse(sent.get(0));
        String others = sent.size() == 1 || !verdict.isKnown()
                ? ""
                : " None of the " + sent.size() + " credentials that match works.";
        String problem = verdict.isKnown()
                ? image + " cannot be pulled with " + name(decisive)
                : "Could not check whether " + image + " can be pulled with " + name(decisive);
        return problem + ": " + decisive.answer().explanation() + others + kinds(REASONS_FOR_OTHER_CREDENTIAL);
    }

    private String works(List<Attempt> sent) {
        int first = 0;
        while (sent.get(first).answer().verdict() != Verdict.OK) {
            first++;
        }
        Attempt working = sent.get(first);
        String failedBefore = sent.subList(0, first).stream()
                .map(attempt -> " The " + credentials(attempt) + " are tried before and do not work: "
                        + attempt.answer().verdict().words() + "; remove them.")
                .collect(Collectors.joining());
        String expiry = working.answer()
                .credentialExpires()
                .map(end -> " They expire at " + end + ".")
                .orElse("");
        boolean tested = working.answer().credentialSent()
                || working.credential().orElseThrow().username().isEmpty();
        String untested =
                tested ? "" : " " + image.registry() + " did not ask for credentials, so these were not checked.";
        return image + " is pulled with " + name(working) + "." + untested + expiry + failedBefore;
    }

    private String nothingMatches(Answer anonymous) {
        return anonymous.verdict().isRefusal()
                ? noCredentials() + hint() + " " + anonymous.explanation()
                : anonymous.explanation();
    }

    private String noCredentials() {
        boolean hasServiceAccount = !account().isEmpty();
        String accountText =
                "ServiceAccount \"" + account() + "\" in namespace \"" + secrets.question.namespace() + "\"";
        if (secrets.readable.isEmpty()) {
            return hasServiceAccount
                    ? "No credentials for " + image + ": " + accountText + " lists no Secret in imagePullSecrets that"
                            + " exists; add one, and create the pod again."
                    : "No credentials were given for " + image + ".";
        }
        if (secrets.readable.stream().allMatch(s -> s.name().isEmpty())) {
            return "No credentials for " + image + ": none of those given is for it.";
        }
        String names =
                secrets.readable.stream().map(s -> "\"" + s.name() + "\"").collect(Collectors.joining(", "));
        return "No credentials for " + image + ": no key in Secret " + names
                + (hasServiceAccount ? " (of " + accountText + ")" : "") + " matches it.";
    }

    private String account() {
        return secrets.question.secretList().serviceAccount();
    }

    /**
     * Returns a sentence about a key that was probably meant for the image, or else about why no entry of the Secrets
     * counts.
     */
    private String hint() {
        return secrets.views.stream()
                .flatMap(view -> view.similarKey().map(similar -> advise(view.name(), similar)).stream())
                .findFirst()
                .orElseGet(() -> kinds(REASONS_FOR_NO_MATCH));
    }

    private static String advise(String secret, SimilarKey similar) {
        String subject = secret.isEmpty()
                ? " Some are given for \"" + similar.key()
                : " Secret \"" + secret + "\" has the key \"" + similar.key();
        return subject + "\": " + similar.difference() + "; write \"" + similar.expectedKey() + "\" instead.";
    }

    private String kinds(Set<Kind> kinds) {
        return notes.stream()
                .filter(note -> kinds.contains(note.kind()))
                .map(note -> " " + note.text() + ".")
                .distinct()
                .limit(3)
                .collect(Collectors.joining());
    }

    private static String name(Attempt attempt) {
        return "the " + credentials(attempt);
    }

    private static String credentials(Attempt attempt) {
        StoredCredential credential = attempt.credential().orElseThrow();
        if (credential.secret().isEmpty()) {
            return "credentials given for " + credential.key() + " (user \"" + credential.username() + "\")";
        }
        return "credentials of Secret \"" + credential.secret() + "\" (key \"" + credential.key() + "\", user \""
                + credential.username() + "\")";
    }
}
