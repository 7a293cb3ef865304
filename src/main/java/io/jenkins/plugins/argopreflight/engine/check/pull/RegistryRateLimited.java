package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for registries that limit the rate of requests. */
public final class RegistryRateLimited extends PullRule {

    public RegistryRateLimited() {
        super(
                CheckInfo.warning("registry-rate-limited", "The registry limits the rate of requests", Topic.IMAGES)
                        .needing(Need.REGISTRIES),
                PullCause.Kind.RATE_LIMITED);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Registry", "", cause.registry(), "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.warn(
                        info(),
                        subject,
                        "Could not check whether " + images(causes) + " can be pulled. " + first.explanation()
                                + " The nodes have limits of their own, by address or by the credentials that they"
                                + " send.")
                .title("%s limits the rate of requests", first.registry())
                .fix(
                        PullFixes.create(
                                        "regcred",
                                        first.pull().namespace(),
                                        first.image(),
                                        first.pull().serviceAccount())
                                .because("own credentials raise the limit"),
                        ChangeField.to(Yaml.of("imagePullPolicy: IfNotPresent"))
                                .or("use the images that the nodes have"));
    }
}
