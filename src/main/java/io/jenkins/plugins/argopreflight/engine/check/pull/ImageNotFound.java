package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.AlternativeSource;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A check for images that their registry does not have. */
public final class ImageNotFound extends PullRule {

    private static final int MAX_TAGS = 3;

    public ImageNotFound() {
        super(CheckInfo.error("image-not-found", "The registry does not have the image", Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.NOT_FOUND && !ArgoContainers.runsExecutorImage(facts, cause.podPull());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.podPull());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        Optional<String> nodes = first.pull().alternative().map(AlternativeSource::description);
        if (nodes.isPresent()) {
            return Finding.warn(
                            info(),
                            subject,
                            sentence(first) + " But " + nodes.get() + ": with these credentials the registry can show "
                                    + images(causes) + ".")
                    .title("Image %s possibly %s", image(causes), problem(first))
                    .fix(fixes(first, subject));
        }
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled: " + sentence(first) + PodWithoutImage.consequence(causes))
                .title("Image %s %s", image(causes), problem(first))
                .fix(fixes(first, subject));
    }

    /** Returns the problem for the end of a title. */
    static String problem(PullCause cause) {
        return cause.isContentRefused() ? "lacks content in its registry" : "does not exist";
    }

    /** Returns a sentence about the missing image or tag, and about similar tags. */
    static String sentence(PullCause cause) {
        ImageReference image = cause.image();
        List<String> tags = nearest(cause);
        if (!tags.isEmpty()) {
            String missing = image.digest().isPresent()
                    ? "no manifest with digest " + image.digest().get()
                    : "no tag \"" + image.version() + "\"";
            String hint = image.digest().isEmpty() && !image.original().endsWith(":" + image.version())
                    ? " (the image has no tag, which means latest)"
                    : "";
            return image.registry() + " has the repository " + image.path() + " and " + missing + hint + "; nearest: "
                    + String.join(", ", tags) + ".";
        }
        return cause.explanation();
    }

    /** Returns whether the registry does not have the repository and has a catalog; Docker Hub has none. */
    private static boolean isUnknownRepository(PullCause cause) {
        boolean hasNoTags = cause.pull().tags().ifKnown().filter(List::isEmpty).isPresent();

        return (hasNoTags
                        || cause.decisiveAttempt()
                                .filter(attempt -> attempt.answer().code().equals("NAME_UNKNOWN"))
                                .isPresent())
                && !cause.image().isDockerHub();
    }

    /** Returns the existing tags that are most similar to the tag of the image. */
    static List<String> nearest(PullCause cause) {
        String version = cause.image().version();
        Map<String, Integer> distances = new HashMap<>();
        cause.pull()
                .tags()
                .ifKnown()
                .orElse(List.of())
                .forEach(tag -> distances.computeIfAbsent(tag, each -> SimilarNames.distance(each, version)));
        return distances.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_TAGS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Fix> fixes(PullCause cause, Subject subject) {
        List<String> tags = nearest(cause);
        String repository = cause.image().repository();
        if (cause.isContentRefused()) {
            return List.of(
                    AskPerson.reader("push " + cause.image() + " again, or use another tag at " + subject.path()));
        }
        if (tags.isEmpty() && isUnknownRepository(cause)) {
            return List.of(RunCommands.of(Command.of("crane", "catalog").with(Operand.registry(cause.registry())))
                    .because("correct " + subject.path()
                            + "; the registry's repositories (needs a login that is allowed to list them)"));
        }
        Fix list = RunCommands.of(Command.of("crane", "ls").with(Operand.image(repository)))
                .because("the tags that exist (needs a login)");
        return tags.isEmpty()
                ? List.of(list)
                : List.of(
                        PullFixes.image(cause.podPull(), subject, Operand.image(repository + ":" + tags.get(0))), list);
    }
}
