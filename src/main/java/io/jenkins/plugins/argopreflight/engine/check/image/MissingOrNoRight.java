package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import java.util.List;

/** A registry that gives one answer for what is not there and what is not permitted. */
public final class MissingOrNoRight extends PullRule {

    public MissingOrNoRight() {
        super(
                "missing-or-no-right",
                "The image does not exist, or the credentials are not allowed to pull it",
                PullCause.Kind.MISSING_OR_NO_RIGHT);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.row());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String as =
                first.secret().isEmpty() ? "without credentials" : "as user \"" + user(first) + "\" of " + entry(first);
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled " + as + ". " + first.explanation()
                                + Hang.consequence(causes))
                .title("Image %s does not exist, or its pull is not allowed", image(causes))
                .fix(
                        RunCommands.of(Command.of("crane", "ls")
                                        .with(Operand.image(first.image().repository())))
                                .because(
                                        "compare the name with the registry's page (needs a login that is allowed to list it)"),
                        first.secret().isEmpty()
                                ? PullFixes.sync(
                                        "regcred",
                                        first.row().pull().namespace(),
                                        first.image(),
                                        first.row().pull().serviceAccount())
                                : PullFixes.grant(first));
    }

    private static String user(PullCause cause) {
        return cause.decisive()
                .flatMap(tried -> tried.credential())
                .map(credential -> credential.username())
                .orElse("");
    }
}
