package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import java.util.List;

/** An auth field that says something else than user name and password beside it, and wins. */
public final class AuthOverridesPassword extends PullRule {

    public AuthOverridesPassword() {
        super("auth-overrides-password", "An auth field holds an old password and wins over the password beside it");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.AUTH_WINS;
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, ".auth");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        "In Secret \"" + first.secret() + "\", entry \"" + first.key()
                                + "\", auth says something else than username and password, and auth wins: "
                                + first.registry() + " refuses what it says for " + images(causes) + "."
                                + lookUpToo(causes) + Hang.sentence(causes))
                .fix(
                        PullFixes.renew(first),
                        AskPerson.reader("or drop the field auth from the entry, and keep username and password"));
    }
}
