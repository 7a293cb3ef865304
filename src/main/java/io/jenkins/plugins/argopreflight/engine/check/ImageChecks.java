package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.check.rules.ArtifactGcPull;
import io.jenkins.plugins.argopreflight.engine.check.rules.AuthOverridesPassword;
import io.jenkins.plugins.argopreflight.engine.check.rules.CredentialExpired;
import io.jenkins.plugins.argopreflight.engine.check.rules.CredentialRejected;
import io.jenkins.plugins.argopreflight.engine.check.rules.ExecutorImage;
import io.jenkins.plugins.argopreflight.engine.check.rules.ImageNotFound;
import io.jenkins.plugins.argopreflight.engine.check.rules.ImageUnresolved;
import io.jenkins.plugins.argopreflight.engine.check.rules.ImageWithoutCommand;
import io.jenkins.plugins.argopreflight.engine.check.rules.InvalidImageName;
import io.jenkins.plugins.argopreflight.engine.check.rules.LookUpFails;
import io.jenkins.plugins.argopreflight.engine.check.rules.LookUpForbidden;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingOrNoRight;
import io.jenkins.plugins.argopreflight.engine.check.rules.MutableTag;
import io.jenkins.plugins.argopreflight.engine.check.rules.NoDeadline;
import io.jenkins.plugins.argopreflight.engine.check.rules.NoPullRight;
import io.jenkins.plugins.argopreflight.engine.check.rules.PlatformMismatch;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullPolicyNever;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretDuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretEmpty;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretKeyMismatch;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretMalformed;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretMissing;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretNotBound;
import io.jenkins.plugins.argopreflight.engine.check.rules.PullSecretWrongType;
import io.jenkins.plugins.argopreflight.engine.check.rules.RegistryRateLimited;
import io.jenkins.plugins.argopreflight.engine.check.rules.RegistryTls;
import io.jenkins.plugins.argopreflight.engine.check.rules.RegistryUnreachable;
import io.jenkins.plugins.argopreflight.engine.check.rules.StaleCredentialOnPublicImage;
import io.jenkins.plugins.argopreflight.engine.check.rules.UnqualifiedName;
import java.util.List;
import java.util.stream.Stream;

/** The checks on images, in the order in which reports tell them. */
final class ImageChecks {

    private ImageChecks() {}

    /** These, and then others. */
    static List<Check> and(Check... others) {
        return Stream.concat(all().stream(), Stream.of(others)).toList();
    }

    private static List<Check> all() {
        return List.of(
                new PullSecretMissing(),
                new PullSecretNotBound(),
                new PullSecretWrongType(),
                new PullSecretMalformed(),
                new PullSecretKeyMismatch(),
                new PullSecretDuplicateKey(),
                new PullSecretEmpty(),
                new AuthOverridesPassword(),
                new CredentialRejected(),
                new CredentialExpired(),
                new NoPullRight(),
                new MissingOrNoRight(),
                new StaleCredentialOnPublicImage(),
                new ImageNotFound(),
                new ExecutorImage(),
                new ArtifactGcPull(),
                new PlatformMismatch(),
                new PullPolicyNever(),
                new InvalidImageName(),
                new ImageUnresolved(),
                new LookUpForbidden(),
                new LookUpFails(),
                new ImageWithoutCommand(),
                new RegistryUnreachable(),
                new RegistryTls(),
                new RegistryRateLimited(),
                new UnqualifiedName(),
                new MutableTag(),
                new NoDeadline());
    }
}
