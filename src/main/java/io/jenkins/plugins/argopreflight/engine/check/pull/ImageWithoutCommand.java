package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A check for containers without a command for which argoexec has nothing to start: the image has no command either, or
 * the container has options in place of the image's CMD. Source: argo-workflows workflow/controller/workflowpod.go
 * (createWorkflowPod).
 */
public final class ImageWithoutCommand extends PullRule {

    public ImageWithoutCommand() {
        super(CheckInfo.error(
                        "image-without-command", "A container without a command has nothing to start", Topic.IMAGES)
                .needing(Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        Optional<ImageConfig> config = cause.pull().config().ifKnown();
        if (!cause.podPull().isLookUp()
                || config.filter(known -> known.entrypoint().isEmpty()).isEmpty()) {
            return false;
        }
        Optional<String> first = firstArgument(cause);
        return first.isPresent() ? isOption(first.get()) : config.get().cmd().isEmpty();
    }

    private static boolean isOption(String argument) {
        return argument.isEmpty() || argument.startsWith("-");
    }

    /** Returns the first of the container's own arguments: without a command, it is the program to start. */
    private static Optional<String> firstArgument(PullCause cause) {
        ArgoPod pod = cause.podPull().pod();
        JsonNode args = cause.podPull().holder().element(pod.spec()).path("args");
        boolean isOwn = pod.origin(cause.podPull().holder().path() + ".args").source() != FieldSource.LOOK_UP;
        return isOwn && !args.isEmpty() ? Optional.of(Json.text(args.get(0))) : Optional.empty();
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return LookUpFails.command(cause);
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String container = first.podPull().container();
        Optional<String> argument = firstArgument(first);
        if (argument.isPresent()) {
            return optionFinding(subject, container, argument.get(), causes);
        }
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + container + " has no command, and " + images(causes)
                                + " has neither ENTRYPOINT nor CMD. argoexec has nothing to start and ends with exit"
                                + " code 2 (slice bounds out of range).")
                .title("Neither container %s nor its image has a command", container)
                .fix(ChangeField.to(Yaml.of("command: [PROGRAM, ARGUMENT]")).because("container " + container + ":"));
    }

    /** Returns the finding about options that replace the image's CMD, for which they were meant. */
    private Finding optionFinding(Subject subject, String container, String argument, List<PullCause> causes) {
        List<String> cmd =
                causes.get(0).pull().config().ifKnown().map(ImageConfig::cmd).orElseThrow();

        return Finding.fail(
                        info(),
                        subject,
                        "Container " + container + " has no command, and " + images(causes)
                                + " has no ENTRYPOINT. Its args take the place of the image's CMD, so the program to"
                                + " start is \"" + argument
                                + "\". argoexec does not find it and ends with exit code 64.")
                .title("Container %s starts the first of its args as a program", container)
                .evidence(EvidenceLine.words("exec: \"" + argument + "\": executable file not found in $PATH"))
                .fix(ChangeField.to((cmd.isEmpty() ? Yaml.of("[PROGRAM]") : LookUpFails.flowList(cmd)).under("command"))
                        .because("container " + container + (cmd.isEmpty() ? ":" : ", with the CMD of its image:")));
    }

    @Override
    public boolean applies(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.podPull().isLookUp());
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return causes(facts).stream()
                .anyMatch(cause -> cause.podPull().isLookUp()
                        && cause.pull().config().ifKnown().isEmpty());
    }
}
