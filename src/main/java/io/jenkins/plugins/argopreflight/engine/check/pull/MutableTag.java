package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A check for tags that can later refer to another image. */
public final class MutableTag extends PullRule {

    private static final Set<String> MOVING_TAGS =
            Set.of("latest", "main", "master", "dev", "develop", "edge", "nightly", "stable", "snapshot");

    public MutableTag() {
        super(new CheckInfo(
                        "mutable-tag",
                        "The image has a moving tag, so two pods can run different images",
                        Severity.NOTE,
                        Topic.IMAGES)
                .needing(Need.REGISTRIES));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.WORKS
                && !cause.podPull().isLookUp()
                && cause.image().digest().isEmpty()
                && MOVING_TAGS.contains(cause.image().version().toLowerCase(Locale.ROOT));
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        boolean isAlwaysPulled = causes.stream()
                .noneMatch(cause -> cause.podPull().imagePullPolicy().equals("IfNotPresent"));
        return Finding.warn(
                        info(),
                        subject,
                        images(causes) + " has the moving tag \""
                                + first.image().version()
                                + "\". Two pods of one workflow can run different images, and "
                                + (isAlwaysPulled ? "each pod asks the registry again." : "nodes keep old ones."))
                .title("Image %s has a moving tag", image(causes))
                .fix(
                        RunCommands.of(Command.of("crane", "digest")
                                        .with(Operand.image(first.pull().image())))
                                .because("the digest to pin it to"),
                        ChangeField.to(Yaml.of("image: $image")
                                        .with(
                                                "image",
                                                Operand.joined(
                                                        Operand.image(first.image()
                                                                        .repository() + ":"
                                                                + first.image().version()),
                                                        Operand.text("@"),
                                                        Operand.placeholder("DIGEST"))))
                                .because("pin the image"));
    }
}
