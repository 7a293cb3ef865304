package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check for an auth field that differs from the user name and password beside it: the auth field takes precedence.
 */
public final class AuthOverridesPassword extends PullRule {

    public AuthOverridesPassword() {
        super(
                CheckInfo.error(
                                "auth-overrides-password",
                                "An auth field differs from the password beside it and takes precedence",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.AUTH_WINS);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, ".auth");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        "In Secret \"" + first.secret() + "\", entry \"" + first.key()
                                + "\", auth differs from username and password, and auth takes precedence. "
                                + first.registry() + " refuses it for " + images(causes) + "."
                                + PodWithoutImage.consequence(causes))
                .title("auth and password differ in Secret %s", first.secret())
                .fix(
                        PullFixes.renew(first),
                        AskPerson.or("remove the field auth from the entry, and keep username and password"));
    }
}
