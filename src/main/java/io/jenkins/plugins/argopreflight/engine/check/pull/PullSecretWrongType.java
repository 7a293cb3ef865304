package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for pull secrets of a type that the kubelet ignores. */
public final class PullSecretWrongType extends PullRule {

    public PullSecretWrongType() {
        super(
                CheckInfo.error(
                                "pull-secret-wrong-type",
                                "A pull secret has a type that the kubelet ignores",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.WRONG_TYPE);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Secret", cause.pull().namespace(), cause.secret(), "type");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String type = first.secretView().map(view -> view.type()).orElse("");
        boolean hasMatchingEntry = !first.key().isEmpty();
        String content = hasMatchingEntry ? " and an entry for " + first.key() + " that would match" : "";
        String name = first.secret();
        return Finding.fail(
                        info(),
                        subject,
                        "Secret \"" + name + "\" has type " + type + content
                                + ". The kubelet silently ignores types other than kubernetes.io/dockerconfigjson, pulls "
                                + images(causes) + " without credentials, and the registry refuses."
                                + PodWithoutImage.consequence(causes))
                .title("Pull secret %s has the wrong type %s", name, type)
                .fix(hasMatchingEntry ? List.of(recreate(first)) : List.of())
                .fix(PullFixes.renew(first)
                        .with(hasMatchingEntry ? FixNote.or("write its content again") : FixNote.NONE));
    }

    /** Returns the fix that recreates the Secret with its present content. */
    private static Fix recreate(PullCause cause) {
        return RunCommands.of(
                        PullFixes.content(cause).to(Operand.file("config.json")),
                        Command.of("argo-preflight", "sync", "--name")
                                .with(Operand.name("Secret", cause.secret()))
                                .namespace(cause.pull().namespace())
                                .with("--adopt", "--recreate", "--docker-config", "config.json"))
                .because("the type of a Secret cannot be changed: recreate it with what it holds");
    }
}
