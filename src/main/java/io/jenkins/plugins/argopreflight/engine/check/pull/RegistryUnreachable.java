package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for registries that do not answer, or whose answer does not show whether the image can be pulled. */
public final class RegistryUnreachable extends PullRule {

    public RegistryUnreachable() {
        super(
                CheckInfo.error("registry-unreachable", "The registry does not answer", Topic.IMAGES)
                        .needing(Need.REGISTRIES)
                        .giving(Outcome.WARN, Outcome.UNKNOWN),
                PullCause.Kind.UNREACHABLE,
                PullCause.Kind.REGISTRY_UNKNOWN);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return isNoSuchHost(cause)
                ? ImagePlace.of(facts, cause.podPull())
                : Subject.of("Registry", "", cause.registry(), "");
    }

    /**
     * Returns whether the registry's name does not resolve: then it is probably misspelt, and the registry is not down.
     */
    private static boolean isNoSuchHost(PullCause cause) {
        return cause.kind() == PullCause.Kind.UNREACHABLE && cause.isNoSuchHost();
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.REGISTRY_UNKNOWN) {
            return Finding.unknown(
                            info(),
                            subject,
                            "Could not check whether " + images(causes) + " can be pulled. "
                                    + UnknownFindings.sentence(
                                            first.explanation().isEmpty()
                                                    ? first.pull().sentence()
                                                    : first.explanation()))
                    .title("Could not check image %s", image(causes));
        }
        boolean isNoSuchHost = isNoSuchHost(first);

        return Finding.warn(
                        info(),
                        subject,
                        "Could not check " + images(causes) + " from this machine. " + first.explanation()
                                + " Nodes can possibly reach the registry another way; if they do not, the pull fails.")
                .title(
                        isNoSuchHost ? "The host name %s does not resolve" : "Registry %s does not answer",
                        first.registry())
                .fix(
                        AskPerson.reader(
                                isNoSuchHost
                                        ? "correct the host name in " + subject.path()
                                        : "start the registry, or correct its address in the image's name"),
                        RunCommands.of(Command.kubectlIn(
                                                first.pull().namespace(),
                                                "run",
                                                "pull-test",
                                                "--rm",
                                                "-i",
                                                "--restart=Never")
                                        .with(Operand.joined(
                                                Operand.text("--image="),
                                                Operand.image(first.pull().image())))
                                        .with("--image-pull-policy=Always", "--command", "--", "true"))
                                .because("try from a node of the cluster"));
    }
}
