package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A check for image names that no container runtime accepts. */
public final class InvalidImageName extends PullRule {

    private static final Pattern PROTOCOL = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

    /** The repository, tag and digest of an image's name. */
    private static final Pattern PARTS = Pattern.compile("^((?:.*/)?[^:@]*)((?::[^@]*)?)(.*)$", Pattern.DOTALL);

    public InvalidImageName() {
        super(
                CheckInfo.error("invalid-image-name", "An image name is not valid", Topic.IMAGES)
                        .alsoGiving(Outcome.UNKNOWN),
                PullCause.Kind.INVALID_NAME);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String image = first.pull().image();
        Optional<String> unknownTag = Tags.otherProgramsTag(image);
        if (unknownTag.isPresent()) {
            return Finding.fail(
                            info(),
                            subject,
                            "Image " + image + " has " + unknownTag.get()
                                    + ", which is no variable of Argo, so it stays in the name. The kubelet reports"
                                    + " InvalidImageName." + PodWithoutImage.consequence(causes))
                    .title("\"%s\" is not a valid image name", image)
                    .fix(AskPerson.reader("render the manifest before it is submitted, such as with helm template, or"
                            + " write the image's name"));
        }
        String error = first.pull().error();
        return Finding.fail(
                        info(),
                        subject,
                        error + ". The kubelet reports InvalidImageName." + PodWithoutImage.consequence(causes))
                .title("\"%s\" is not a valid image name", image)
                .fix(PullFixes.image(
                        first.podPull(),
                        subject,
                        image.isEmpty()
                                ? Operand.placeholder("REGISTRY/REPOSITORY:TAG")
                                : Operand.image(corrected(image))));
    }

    /** Returns the name without what a reference cannot contain. Only a tag can have upper case. */
    private static String corrected(String image) {
        String name = PROTOCOL.matcher(image.strip()).replaceFirst("");
        return PARTS.matcher(name)
                .replaceFirst(parts -> Matcher.quoteReplacement(parts.group(1).toLowerCase(Locale.ROOT)
                        + parts.group(2)
                        + parts.group(3).toLowerCase(Locale.ROOT)));
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return causes(facts).stream().anyMatch(cause -> cause.kind() == PullCause.Kind.UNRESOLVED);
    }
}
