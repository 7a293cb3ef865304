package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Nodes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for containers without a command that the controller cannot look up, even if the kubelet can pull the image.
 */
public final class LookUpFails extends PullRule {

    private static final Set<PullCause.Kind> WITHOUT_CREDENTIALS =
            EnumSet.of(PullCause.Kind.NOT_BOUND, PullCause.Kind.HIDDEN);

    private static final Set<PullCause.Kind> REPORTED_ELSEWHERE =
            EnumSet.of(PullCause.Kind.BARRED, PullCause.Kind.INVALID_NAME);

    public LookUpFails() {
        super(CheckInfo.error("look-up-fails", "The controller cannot look up the command of an image", Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES));
    }

    @Override
    protected boolean isForLookUps() {
        return true;
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.podPull().isLookUp()
                && (cause.kind() == PullCause.Kind.IDENTITY_UNKNOWN
                        || cause.affectsOnlyLookUp() && !REPORTED_ELSEWHERE.contains(cause.kind())
                        || WITHOUT_CREDENTIALS.contains(cause.kind())
                        || lacksPlatform(facts, cause));
    }

    /**
     * Returns whether the image lacks the controller's platform, for which the controller asks: linux, and the
     * architecture for which it was built.
     */
    private static boolean lacksPlatform(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.WORKS
                && cause.pull()
                        .config()
                        .ifKnown()
                        .filter(ImageConfig::index)
                        .filter(config -> matchesNone(config, Nodes.controllerPlatforms(facts)))
                        .isPresent();
    }

    private static boolean matchesNone(ImageConfig image, Set<Platform> platforms) {
        return !platforms.isEmpty()
                && platforms.stream().allMatch(platform -> Nodes.fit(image, platform) == Platform.Fit.NO);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return cause.secret().isEmpty()
                        || WITHOUT_CREDENTIALS.contains(cause.kind())
                        || cause.kind() == PullCause.Kind.WORKS
                ? command(cause)
                : cause.kind() == PullCause.Kind.ABSENT
                        ? Subject.of("Secret", cause.pull().namespace(), cause.secret(), "")
                        : PullFixes.entry(cause, "");
    }

    /** Returns the field that makes the look-up unnecessary. */
    static Subject command(PullCause cause) {
        Subject image = Places.of(
                cause.podPull().workflow(),
                cause.podPull().pod(),
                cause.podPull().path());
        return image.path(image.path().replaceFirst("\\.image$", ".command"))
                .container(cause.podPull().container());
    }

    /** Returns the container as the place of a fix. */
    private static ChangeField.Place commandPlace(PullCause cause) {
        Subject command = command(cause);
        return new ChangeField.Place(
                command.file(),
                command.line(),
                command.kind(),
                command.namespace(),
                command.name(),
                command.path().replaceFirst("\\.command$", ""));
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.IDENTITY_UNKNOWN) {
            return Finding.unknown(
                            info(),
                            subject,
                            "Container " + first.podPull().container()
                                    + " has no command, so the controller looks it up in the"
                                    + " registry of " + images(causes) + ", which refuses it without credentials. "
                                    + first.pull().sentence())
                    .title("Could not check the look-up of the command of %s", image(causes))
                    .fix(fixes(facts, first));
        }
        String reason = first.kind() == PullCause.Kind.WORKS
                ? ". The image has only "
                        + String.join(
                                ", ",
                                first.pull().config().ifKnown().orElseThrow().platforms())
                        + ", and the controller needs its own platform."
                : failure(first);
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + first.podPull().container()
                                + " has no command, so the controller looks up that of "
                                + images(causes) + " in the registry" + reason + " The node ends in Error at once"
                                + kubeletPhrase(facts, first) + ".")
                .title("The controller cannot look up the command of %s", image(causes))
                .fix(fixes(facts, first));
    }

    /**
     * Returns the credentials that the controller uses, and the reason why this fails: the end of a sentence, and
     * another sentence.
     */
    private static String failure(PullCause cause) {
        String error = cause.pull().error();
        if (!error.isEmpty()) {
            return ". " + error + ".";
        }
        if (cause.kind() == PullCause.Kind.KEY_MISMATCH && cause.image().isDockerHub()) {
            return ". The controller knows Docker Hub only as index.docker.io, so the key \"" + cause.key()
                    + "\" of Secret \"" + cause.secret() + "\" does not match; write "
                    + PullFixes.registry(cause.image()) + ".";
        }
        return cause.pull().credentials().isEmpty()
                ? " without credentials, because no pull secret matches. " + cause.explanation()
                : ", with only the first credentials that match: those of " + secretAndKey(cause) + ". "
                        + cause.explanation();
    }

    /** Returns the end of a sentence about the kubelet's pull of the same image; "" if it also fails. */
    static String kubeletPhrase(Facts facts, PullCause cause) {
        return PullCauses.of(facts)
                .kubelet(cause)
                .map(other -> other.kind() == PullCause.Kind.WORKS
                        ? other.pull().alternative().isPresent()
                                ? "; the kubelet can start the pod with the credentials of the nodes, which the"
                                        + " controller does not use"
                                : "; the kubelet can pull the image, because it tries all credentials that match"
                        : "")
                .orElse("");
    }

    /** Returns the fixes: set the command that the image runs, or add it to the controller's own list of commands. */
    static List<Fix> fixes(Facts facts, PullCause cause) {
        Optional<ImageConfig> config = cause.pull().config().ifKnown();
        Yaml entrypoint = config.map(known -> flowList(known.entrypoint()))
                .orElseGet(() -> Yaml.of("[ENTRYPOINT, of, the, image]"));
        Yaml cmd = config.map(known -> flowList(known.cmd())).orElseGet(() -> flowList(List.of()));
        boolean hasOnlyCmd =
                config.filter(known -> known.entrypoint().isEmpty()).isPresent();
        Yaml command = (hasOnlyCmd ? cmd : entrypoint).under("command");
        if (!hasOnlyCmd && !cmd.isEmpty()) {
            command = command.and(
                    Yaml.of("args: $cmd # unless the container has args").with("cmd", cmd));
        }
        Yaml images = Yaml.of("""
            $image:
              entrypoint: $entrypoint
              cmd: $cmd
            """)
                .with("image", cause.pull().image())
                .with("entrypoint", hasOnlyCmd ? flowList(List.of()) : entrypoint)
                .with("cmd", cmd);
        return List.of(
                ChangeField.to(command)
                        .at(commandPlace(cause))
                        .because("container " + cause.podPull().container()
                                + (config.isPresent() ? ", as in its image" : "") + ":"),
                ChangeField.to(Yaml.of("data:\n  images: $images").literal("images", images))
                        .at(ControllerPlaces.object(facts, "data.images"))
                        .or("ConfigMap "
                                + ControllerPlaces.place(facts, "images").name() + " in namespace "
                                + facts.argoNamespace()
                                + " (read only when the controller starts):")
                        .then("then: "
                                + Shell.inline(Command.kubectlIn(
                                        facts.argoNamespace(),
                                        "rollout",
                                        "restart",
                                        "deployment",
                                        "workflow-controller"))));
    }

    /** Returns a list of quoted texts in one line of YAML. */
    static Yaml flowList(List<String> texts) {
        return Yaml.flow(texts.stream()
                .map(text -> Yaml.of("\"$word\"").with("word", text))
                .toList());
    }
}
