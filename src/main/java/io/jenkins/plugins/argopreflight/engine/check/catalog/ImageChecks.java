package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.pull.ArtifactGcPull;
import io.jenkins.plugins.argopreflight.engine.check.pull.AuthOverridesPassword;
import io.jenkins.plugins.argopreflight.engine.check.pull.CredentialExpired;
import io.jenkins.plugins.argopreflight.engine.check.pull.CredentialRejected;
import io.jenkins.plugins.argopreflight.engine.check.pull.ExecutorImage;
import io.jenkins.plugins.argopreflight.engine.check.pull.ImageNotFound;
import io.jenkins.plugins.argopreflight.engine.check.pull.ImageWithoutCommand;
import io.jenkins.plugins.argopreflight.engine.check.pull.InvalidImageName;
import io.jenkins.plugins.argopreflight.engine.check.pull.LookUpFails;
import io.jenkins.plugins.argopreflight.engine.check.pull.LookUpForbidden;
import io.jenkins.plugins.argopreflight.engine.check.pull.MissingOrNoRight;
import io.jenkins.plugins.argopreflight.engine.check.pull.MutableTag;
import io.jenkins.plugins.argopreflight.engine.check.pull.NoPullRight;
import io.jenkins.plugins.argopreflight.engine.check.pull.PlatformMismatch;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullPolicyNever;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretDuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretEmpty;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretKeyMismatch;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretMalformed;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretMissing;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretNotBound;
import io.jenkins.plugins.argopreflight.engine.check.pull.PullSecretWrongType;
import io.jenkins.plugins.argopreflight.engine.check.pull.RegistryRateLimited;
import io.jenkins.plugins.argopreflight.engine.check.pull.RegistryTls;
import io.jenkins.plugins.argopreflight.engine.check.pull.RegistryUnreachable;
import io.jenkins.plugins.argopreflight.engine.check.pull.StaleCredentialOnPublicImage;
import io.jenkins.plugins.argopreflight.engine.check.pull.UnqualifiedName;
import java.util.List;

/** The checks on images, in the order in which reports show them. */
final class ImageChecks {

    static final List<Check> ALL = List.of(
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
            new LookUpForbidden(),
            new LookUpFails(),
            new ImageWithoutCommand(),
            new RegistryUnreachable(),
            new RegistryTls(),
            new RegistryRateLimited(),
            new UnqualifiedName(),
            new MutableTag());

    private ImageChecks() {}
}
