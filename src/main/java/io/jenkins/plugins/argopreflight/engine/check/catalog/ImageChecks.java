package io.jenkins.plugins.argopreflight.engine.check.catalog;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.image.ExecutorImage;
import io.jenkins.plugins.argopreflight.engine.check.image.ImageNotFound;
import io.jenkins.plugins.argopreflight.engine.check.image.ImageWithoutCommand;
import io.jenkins.plugins.argopreflight.engine.check.image.InvalidImageName;
import io.jenkins.plugins.argopreflight.engine.check.image.LookUpFails;
import io.jenkins.plugins.argopreflight.engine.check.image.LookUpForbidden;
import io.jenkins.plugins.argopreflight.engine.check.image.MissingOrNoRight;
import io.jenkins.plugins.argopreflight.engine.check.image.MutableTag;
import io.jenkins.plugins.argopreflight.engine.check.image.PlatformMismatch;
import io.jenkins.plugins.argopreflight.engine.check.image.PullPolicyNever;
import io.jenkins.plugins.argopreflight.engine.check.image.RegistryRateLimited;
import io.jenkins.plugins.argopreflight.engine.check.image.RegistryTls;
import io.jenkins.plugins.argopreflight.engine.check.image.RegistryUnreachable;
import io.jenkins.plugins.argopreflight.engine.check.image.UnqualifiedName;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.ArtifactGcPull;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.AuthOverridesPassword;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.CredentialExpired;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.CredentialRejected;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.NoPullRight;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretDuplicateKey;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretEmpty;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretKeyMismatch;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretMalformed;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretMissing;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretNotBound;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.PullSecretWrongType;
import io.jenkins.plugins.argopreflight.engine.check.pullsecret.StaleCredentialOnPublicImage;
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
