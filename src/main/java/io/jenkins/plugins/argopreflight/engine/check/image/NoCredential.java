package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.PullDetails.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why no credential matches an image whose registry wants one. */
final class NoCredential {

    /** Registries that serve everyone and answer 401 or 403 for what is not there, too. */
    private static final Pattern PUBLIC = Pattern.compile(
            "docker\\.io|quay\\.io|ghcr\\.io|registry\\.gitlab\\.com|public\\.ecr\\.aws|.*\\bgcr\\.io|.*-docker\\.pkg\\.dev");

    private NoCredential() {}

    /** No credential matches, and the registry wants one: why none matches, the nearest mistake first. */
    static PullCause cause(PodPull row, Optional<ProbeAttempt> decisive) {
        List<PullSecretView> named = row.pull().secrets();
        for (PullSecretView sight : named) {
            if (!sight.meant().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.WRONG_TYPE,
                        row,
                        sight.name(),
                        sight.meant().get(0),
                        decisive);
            }
        }
        List<OtherSecret> others = row.pull().details().others().ifKnown().orElse(List.of());
        for (OtherSecret other : others) {
            if (row.pull()
                    .question()
                    .inEffect()
                    .ignored()
                    .contains(other.sight().name())) {
                return new PullCause(PullCause.Kind.HIDDEN, row, other.sight().name(), "", decisive);
            }
        }
        for (PullSecretView sight : named) {
            if (sight.has(KeyringNote.Kind.NO_ENTRIES) || sight.has(KeyringNote.Kind.SECRET_IGNORED)) {
                PullCause.Kind kind = sight.type().startsWith("kubernetes.io/docker")
                        ? PullCause.Kind.EMPTY
                        : PullCause.Kind.WRONG_TYPE;
                return new PullCause(kind, row, sight.name(), "", decisive);
            }
            if (sight.near().isPresent()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        row,
                        sight.name(),
                        sight.near().get().key(),
                        decisive);
            }
        }
        for (PullSecretView sight : named) {
            if (sight.presence() == PullSecretView.Presence.ABSENT) {
                return new PullCause(PullCause.Kind.ABSENT, row, sight.name(), "", decisive);
            }
        }
        PullCause refused = new PullCause(PullCause.Kind.MISSING_OR_NO_RIGHT, row, "", "", decisive);
        if (refused.isContent() && others.stream().noneMatch(OtherSecret::works)) {
            return refused;
        }
        return others.isEmpty() ? noneForIt(row, decisive) : bind(row, others, decisive);
    }

    private static PullCause bind(PodPull row, List<OtherSecret> others, Optional<ProbeAttempt> decisive) {
        OtherSecret best =
                others.stream().filter(OtherSecret::works).findFirst().orElse(others.get(0));
        return new PullCause(PullCause.Kind.NOT_BOUND, row, best.sight().name(), "", decisive);
    }

    /** No Secret of the namespace is for the image. */
    private static PullCause noneForIt(PodPull row, Optional<ProbeAttempt> decisive) {
        for (PullSecretView sight : row.pull().secrets()) {
            if (!sight.keys().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        row,
                        sight.name(),
                        sight.keys().get(0),
                        decisive);
            }
        }
        boolean perhapsAbsent = row.pull().bySecrets() == Verdict.MISSING_OR_NO_RIGHT
                && PUBLIC.matcher(PullCause.image(row).orElseThrow().registry()).matches();
        return new PullCause(
                perhapsAbsent ? PullCause.Kind.MISSING_OR_NO_RIGHT : PullCause.Kind.NOT_BOUND, row, "", "", decisive);
    }
}
