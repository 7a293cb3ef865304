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

/** Finds the cause why no credential matches an image whose registry requires one. */
final class NoCredential {

    /** Matches registries with public images that answer 401 or 403 also for missing images. */
    private static final Pattern PUBLIC = Pattern.compile(
            "docker\\.io|quay\\.io|ghcr\\.io|registry\\.gitlab\\.com|public\\.ecr\\.aws|.*\\bgcr\\.io|.*-docker\\.pkg\\.dev");

    private NoCredential() {}

    /** Returns the cause of a pull that the registry refuses without credentials. The most likely mistake is first. */
    static PullCause cause(PodPull row, Optional<ProbeAttempt> decisive) {
        List<PullSecretView> pullSecrets = row.pull().secrets();
        for (PullSecretView sight : pullSecrets) {
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
        for (PullSecretView sight : pullSecrets) {
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
        for (PullSecretView sight : pullSecrets) {
            if (sight.presence() == PullSecretView.Presence.ABSENT) {
                return new PullCause(PullCause.Kind.ABSENT, row, sight.name(), "", decisive);
            }
        }
        PullCause refused = new PullCause(PullCause.Kind.MISSING_OR_NO_RIGHT, row, "", "", decisive);
        if (refused.isContent() && others.stream().noneMatch(OtherSecret::works)) {
            return refused;
        }
        return others.isEmpty() ? withoutMatchingSecret(row, decisive) : notBound(row, others, decisive);
    }

    private static PullCause notBound(PodPull row, List<OtherSecret> others, Optional<ProbeAttempt> decisive) {
        OtherSecret best =
                others.stream().filter(OtherSecret::works).findFirst().orElse(others.get(0));
        return new PullCause(PullCause.Kind.NOT_BOUND, row, best.sight().name(), "", decisive);
    }

    /** Returns the cause if no Secret of the namespace is for the image. */
    private static PullCause withoutMatchingSecret(PodPull row, Optional<ProbeAttempt> decisive) {
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
        boolean canBeMissing = row.pull().bySecrets() == Verdict.MISSING_OR_NO_RIGHT
                && PUBLIC.matcher(PullCause.image(row).orElseThrow().registry()).matches();
        return new PullCause(
                canBeMissing ? PullCause.Kind.MISSING_OR_NO_RIGHT : PullCause.Kind.NOT_BOUND, row, "", "", decisive);
    }
}
