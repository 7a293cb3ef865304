package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote.Kind;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One pull in words: with which Secret, key and user, what the registry said, and what to do. */
record PullSentence(EffectiveSecrets read, ImageReference image, List<KeyringNote> notes) {

    /** What explains that nothing matched. */
    private static final Set<Kind> WHY_NOTHING = EnumSet.of(
            Kind.SECRET_IGNORED, Kind.NO_ENTRIES, Kind.KEY_IGNORED, Kind.KEY_NEVER_MATCHES, Kind.FIELD_IGNORED);

    /** What explains that something else was sent than was meant. */
    private static final Set<Kind> WHY_OTHER =
            EnumSet.of(Kind.AUTH_WINS, Kind.RANDOM_ORDER, Kind.HIDES_DOCKER_HUB, Kind.EMPTY_ENTRY);

    private static final int SHOWN = 3;

    static String malformed(ImageReference image, String error) {
        return "The kubelet gets no credentials for " + image + ", nor for any other image of the pod: " + error + ".";
    }

    String of(Verdict verdict, List<ProbeAttempt> tried) {
        return verdict(verdict, tried)
                + missing()
                + (verdict == Verdict.OK ? unread(Verdicts.credentials(tried).isEmpty()) : "");
    }

    /** The kubelet's event for these is FailedToRetrieveImagePullSecret. */
    private String missing() {
        List<String> names = read.missing;
        if (names.isEmpty()) {
            return "";
        }
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return " ServiceAccount \"" + account() + "\" also lists "
                + names.stream().limit(SHOWN).map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")) + more
                + ", which does not exist in namespace \"" + read.question.namespace()
                + "\": create it, or remove the name.";
    }

    /** @param anonymous whether the pull works without credentials */
    private String unread(boolean anonymous) {
        List<String> names = read.unread();
        return names.isEmpty()
                ? ""
                : " Not checked: Secret "
                        + names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "))
                        + ", which could not be read. "
                        + PullSecretView.importance(anonymous ? image.registry() : "");
    }

    private String verdict(Verdict verdict, List<ProbeAttempt> tried) {
        List<ProbeAttempt> sent = Verdicts.credentials(tried);
        Answer anonymous = tried.get(tried.size() - 1).answer();
        if (sent.isEmpty()) {
            return verdict == Verdict.OK ? image + " is pulled without credentials." : nothingMatches(anonymous);
        }
        if (verdict == Verdict.OK) {
            return works(sent);
        }
        if (Verdicts.breaksPublicImage(tried)) {
            boolean given = sent.get(0).credential().orElseThrow().secret().isEmpty();
            return image + " can be pulled without credentials, but "
                    + sent.stream().map(PullSentence::name).collect(Collectors.joining(" and "))
                    + " are refused, and the kubelet never falls back to anonymous: renew them or "
                    + (given ? "leave them out" : "remove the entry from the Secret") + ". "
                    + sent.get(0).answer().explanation();
        }
        ProbeAttempt decisive = sent.stream()
                .filter(t -> t.answer().verdict() == verdict)
                .findFirst()
                .orElse(sent.get(0));
        String others = sent.size() == 1 || !verdict.isKnown()
                ? ""
                : " None of the " + sent.size() + " credentials that match works.";
        String what = verdict.isKnown()
                ? image + " cannot be pulled with " + name(decisive)
                : "Could not check whether " + image + " can be pulled with " + name(decisive);
        return what + ": " + decisive.answer().explanation() + others + kinds(WHY_OTHER);
    }

    private String works(List<ProbeAttempt> sent) {
        int first = 0;
        while (sent.get(first).answer().verdict() != Verdict.OK) {
            first++;
        }
        ProbeAttempt good = sent.get(first);
        String before = sent.subList(0, first).stream()
                .map(t -> " T" + name(t).substring(1) + " are tried before and do not work: "
                        + t.answer().verdict().words() + "; remove them.")
                .collect(Collectors.joining());
        String until = good.answer()
                .credentialExpires()
                .map(end -> " They expire at " + end + ".")
                .orElse("");
        boolean tested = good.answer().credentialSent()
                || good.credential().orElseThrow().username().isEmpty();
        String untested =
                tested ? "" : " " + image.registry() + " did not ask for credentials, so these were not checked.";
        return image + " is pulled with " + name(good) + "." + untested + until + before;
    }

    private String nothingMatches(Answer anonymous) {
        return anonymous.verdict().isRefusal()
                ? consumer() + hint() + " " + anonymous.explanation()
                : anonymous.explanation();
    }

    private String consumer() {
        boolean cluster = !account().isEmpty();
        String who = "ServiceAccount \"" + account() + "\" in namespace \"" + read.question.namespace() + "\"";
        if (read.readable.isEmpty()) {
            return cluster
                    ? "No credentials for " + image + ": " + who + " lists no Secret in imagePullSecrets that"
                            + " exists; add one, and create the pod again."
                    : "No credentials were given for " + image + ".";
        }
        if (read.readable.stream().allMatch(s -> s.name().isEmpty())) {
            return "No credentials for " + image + ": none of those given is for it.";
        }
        String names = read.readable.stream().map(s -> "\"" + s.name() + "\"").collect(Collectors.joining(", "));
        return "No credentials for " + image + ": no key in Secret " + names + (cluster ? " (of " + who + ")" : "")
                + " matches it.";
    }

    private String account() {
        return read.question.inEffect().serviceAccount();
    }

    /** A key that was meant for the image; else why nothing in the Secrets counts. */
    private String hint() {
        return read.views.stream()
                .flatMap(view -> view.near().map(near -> advise(view.name(), near)).stream())
                .findFirst()
                .orElseGet(() -> kinds(WHY_NOTHING));
    }

    private static String advise(String secret, NearKey near) {
        String what = secret.isEmpty()
                ? " Some are given for \"" + near.key()
                : " Secret \"" + secret + "\" has the key \"" + near.key();
        return what + "\": " + near.why() + "; write \"" + near.write() + "\" instead.";
    }

    private String kinds(Set<Kind> kinds) {
        return notes.stream()
                .filter(note -> kinds.contains(note.kind()))
                .map(note -> " " + note.text() + ".")
                .distinct()
                .limit(3)
                .collect(Collectors.joining());
    }

    private static String name(ProbeAttempt tried) {
        StoredCredential credential = tried.credential().orElseThrow();
        if (credential.secret().isEmpty()) {
            return "the credentials given for " + credential.key() + " (user \"" + credential.username() + "\")";
        }
        return "the credentials of Secret \"" + credential.secret() + "\" (key \"" + credential.key() + "\", user \""
                + credential.username() + "\")";
    }
}
