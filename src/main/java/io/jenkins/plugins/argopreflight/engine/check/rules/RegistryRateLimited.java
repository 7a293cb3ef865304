package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import java.util.List;

/** A registry that asks to come back later. */
public final class RegistryRateLimited extends PullRule {

    public RegistryRateLimited() {
        super("registry-rate-limited", "The registry limits how often it may be asked", Severity.WARNING, "registries");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.RATE_LIMITED;
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Registry", "", cause.registry(), "");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.warn(
                        info(),
                        subject,
                        first.registry() + " limits the rate as seen from here: " + first.explanation()
                                + " Whether " + images(causes) + " is there and may be pulled is not known; nodes count"
                                + " by their own address or by the credential that they send.")
                .fix(
                        PullFixes.sync(
                                        "regcred",
                                        first.row().pull().namespace(),
                                        first.image(),
                                        first.row().pull().serviceAccount())
                                .because("a credential of its own raises the limit"),
                        ChangeField.to(Yaml.of("imagePullPolicy: IfNotPresent")).because("keep what the nodes hold"));
    }
}
