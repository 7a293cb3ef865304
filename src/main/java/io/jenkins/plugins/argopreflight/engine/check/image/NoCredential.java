package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull.OtherSecret;
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
    static PullCause cause(PodPull row, Optional<Attempt> decisive) {
        List<PullSecretView> pullSecrets = row.pull().secrets();
        for (PullSecretView view : pullSecrets) {
            if (!view.keysOfRightType().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.WRONG_TYPE,
                        row,
                        view.name(),
                        view.keysOfRightType().get(0),
                        decisive);
            }
        }
        List<OtherSecret> others = row.pull().otherSecrets().ifKnown().orElse(List.of());
        for (OtherSecret other : others) {
            if (row.pull()
                    .question()
                    .secretList()
                    .ignored()
                    .contains(other.view().name())) {
                return new PullCause(PullCause.Kind.HIDDEN, row, other.view().name(), "", decisive);
            }
        }
        for (PullSecretView view : pullSecrets) {
            if (view.has(KeyringNote.Kind.NO_ENTRIES) || view.has(KeyringNote.Kind.SECRET_IGNORED)) {
                PullCause.Kind kind = view.type().startsWith("kubernetes.io/docker")
                        ? PullCause.Kind.EMPTY
                        : PullCause.Kind.WRONG_TYPE;
                return new PullCause(kind, row, view.name(), "", decisive);
            }
            if (view.similarKey().isPresent()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        row,
                        view.name(),
                        view.similarKey().get().key(),
                        decisive);
            }
        }
        for (PullSecretView view : pullSecrets) {
            if (view.presence() == PullSecretView.Presence.ABSENT) {
                return new PullCause(PullCause.Kind.ABSENT, row, view.name(), "", decisive);
            }
        }
        PullCause refused = new PullCause(PullCause.Kind.MISSING_OR_NO_RIGHT, row, "", "", decisive);
        if (refused.isContentRefused() && others.stream().noneMatch(OtherSecret::works)) {
            return refused;
        }
        return others.isEmpty() ? withoutMatchingSecret(row, decisive) : notBound(row, others, decisive);
    }

    private static PullCause notBound(PodPull row, List<OtherSecret> others, Optional<Attempt> decisive) {
        OtherSecret best =
                others.stream().filter(OtherSecret::works).findFirst().orElse(others.get(0));
        return new PullCause(PullCause.Kind.NOT_BOUND, row, best.view().name(), "", decisive);
    }

    /** Returns the cause if no Secret of the namespace is for the image. */
    private static PullCause withoutMatchingSecret(PodPull row, Optional<Attempt> decisive) {
        for (PullSecretView view : row.pull().secrets()) {
            if (!view.keys().isEmpty()) {
                return new PullCause(
                        PullCause.Kind.KEY_MISMATCH,
                        row,
                        view.name(),
                        view.keys().get(0),
                        decisive);
            }
        }
        boolean canBeMissing = row.pull().verdictOfSecrets() == Verdict.MISSING_OR_NO_RIGHT
                && PUBLIC.matcher(PullCause.image(row).orElseThrow().registry()).matches();
        return new PullCause(
                canBeMissing ? PullCause.Kind.MISSING_OR_NO_RIGHT : PullCause.Kind.NOT_BOUND, row, "", "", decisive);
    }
}
