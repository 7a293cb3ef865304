package io.jenkins.plugins.argopreflight.engine.check.pullsecret;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.image.Hang;
import io.jenkins.plugins.argopreflight.engine.check.image.PullCause;
import io.jenkins.plugins.argopreflight.engine.check.image.PullFixes;
import io.jenkins.plugins.argopreflight.engine.check.image.PullRule;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials;
import java.util.List;

/** A pull Secret that cannot be read, which leaves the whole pod without credentials. */
public final class PullSecretMalformed extends PullRule {

    public PullSecretMalformed() {
        super("pull-secret-malformed", "A pull secret cannot be parsed, so the pod gets no credentials at all");
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.MALFORMED;
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        boolean isAuth = cause.row()
                .pull()
                .failure()
                .flatMap(KeyringError::place)
                .filter(at -> at.field().equals("auth"))
                .isPresent();
        return PullFixes.entry(cause, isAuth ? ".auth" : "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        List<String> good = causes.stream()
                .flatMap(cause -> cause.row().pull().secrets().stream())
                .filter(sight -> sight.error().isEmpty() && !sight.matching().isEmpty())
                .map(sight -> "\"" + sight.name() + "\"")
                .distinct()
                .toList();
        String neighbour = good.isEmpty() ? "" : ", not even Secret " + Listing.of(good) + ", which would work";
        String namespace = subject.namespace();
        return Finding.fail(
                        info(),
                        subject,
                        first.row().pull().error() + ". The kubelet then uses none of the pod's pull secrets"
                                + neighbour + "." + Hang.consequence(causes))
                .title("Pull secret %s cannot be parsed", first.secret())
                .fix(
                        RunCommands.of(PullFixes.content(first)
                                        .pipe(Command.of("jq", ".auths | keys")))
                                .because("show its keys (no password is shown)"),
                        WriteCredentials.create(first.secret(), namespace, first.key())
                                .after(PullFixes.delete(namespace, first.secret()))
                                .because("create it again"),
                        PullFixes.takeOut(first));
    }
}
