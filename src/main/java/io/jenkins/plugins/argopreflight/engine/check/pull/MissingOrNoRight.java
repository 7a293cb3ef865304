package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import java.util.List;

/** A check for registries that give the same answer for a missing image and for a missing permission. */
public final class MissingOrNoRight extends PullRule {

    public MissingOrNoRight() {
        super(
                CheckInfo.error(
                                "missing-or-no-right",
                                "The image does not exist, or the credentials are not allowed to pull it",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.MISSING_OR_NO_RIGHT);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Object groupKey(PullCause cause) {
        return cause.isContentRefused();
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String usedCredentials = first.secret().isEmpty()
                ? "without credentials"
                : "as user \"" + user(first) + "\" of " + secretAndKey(first);
        Finding finding = Finding.fail(
                info(),
                subject,
                images(causes) + " cannot be pulled " + usedCredentials + ". " + first.explanation()
                        + PodWithoutImage.consequence(causes));
        if (first.isContentRefused()) {
            return finding.title("No permission to pull the content of image %s", image(causes))
                    .fix(
                            PullFixes.grant(first),
                            otherCredentials(first).or("use credentials that are allowed to pull it"));
        }
        return finding.title("Image %s does not exist, or its pull is not allowed", image(causes))
                .fix(
                        RunCommands.of(Command.of("crane", "ls")
                                        .with(Operand.image(first.image().repository())))
                                .because(
                                        "compare the name with the registry's page (needs a login that is allowed to list it)"),
                        first.secret().isEmpty() ? otherCredentials(first) : PullFixes.grant(first));
    }

    /** Returns the fix that writes other credentials, into the Secret for this registry if there is one. */
    private static WriteCredentials otherCredentials(PullCause cause) {
        if (!cause.secret().isEmpty()) {
            return PullFixes.writeEntry(cause);
        }
        Pull pull = cause.pull();
        return pull.otherSecrets().ifKnown().orElse(List.of()).stream()
                .findFirst()
                .map(other -> PullFixes.writeUnlisted(other, cause, pull.serviceAccount()))
                .orElseGet(() -> PullFixes.create("regcred", pull.namespace(), cause.image(), pull.serviceAccount()));
    }

    private static String user(PullCause cause) {
        return cause.decisiveAttempt()
                .flatMap(tried -> tried.credential())
                .map(credential -> credential.username())
                .orElse("");
    }
}
