package io.jenkins.plugins.argopreflight.engine.check.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.List;

/** A container without a command whose image has none either: argoexec has nothing to start. */
public final class ImageWithoutCommand extends PullRule {

    public ImageWithoutCommand() {
        super(
                "image-without-command",
                "Neither the container nor its image has a command",
                Severity.ERROR,
                Need.REGISTRIES);
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.row().isLookUp()
                && !hasArgs(cause)
                && cause.row()
                        .pull()
                        .details()
                        .config()
                        .ifKnown()
                        .filter(config ->
                                config.entrypoint().isEmpty() && config.cmd().isEmpty())
                        .isPresent();
    }

    /** Arguments of the container stand in for the command that is not there. */
    private static boolean hasArgs(PullCause cause) {
        for (JsonNode container : cause.row().pod().spec().path("containers")) {
            if (container.path("name").asText().equals(cause.row().container())) {
                return !container.path("args").isEmpty()
                        && !container.path("args").toString().contains("{{cmd of ");
            }
        }
        return false;
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return LookUpFails.command(cause);
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + first.row().container() + " has no command, and " + images(causes)
                                + " has neither ENTRYPOINT nor CMD. argoexec has nothing to start and ends with exit"
                                + " code 2 (slice bounds out of range).")
                .title(
                        "Neither container %s nor its image has a command",
                        first.row().container())
                .fix(ChangeField.to(Yaml.of("command: [PROGRAM, ARGUMENT]"))
                        .because("container " + first.row().container() + ":"));
    }

    @Override
    public boolean applies(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.row().isLookUp());
    }

    @Override
    public boolean isBlind(Facts facts) {
        return causes(facts).stream()
                .anyMatch(cause -> cause.row().isLookUp()
                        && cause.row().pull().details().config().ifKnown().isEmpty());
    }
}
