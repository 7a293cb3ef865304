package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.pull.OtherMeans;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** An image that its registry does not have. */
public final class ImageNotFound extends PullRule {

    private static final int NEAREST = 3;

    public ImageNotFound() {
        super(info("image-not-found", "The registry does not have the image").also(Outcome.WARN));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.NOT_FOUND && !ArgoContainers.runsExecutorImage(facts, cause.row());
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return ImagePlace.of(facts, cause.row());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        Optional<String> nodes = first.row().pull().means().map(OtherMeans::description);
        if (nodes.isPresent()) {
            return Finding.warn(
                            info(),
                            subject,
                            what(first) + " But " + nodes.get() + ": with these credentials the registry can show "
                                    + images(causes) + ".")
                    .title("Image %s possibly %s", image(causes), lack(first))
                    .fix(remedy(first, subject));
        }
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled: " + what(first) + Hang.consequence(causes))
                .title("Image %s %s", image(causes), lack(first))
                .fix(remedy(first, subject));
    }

    /** What is not there, for the end of a title. */
    static String lack(PullCause cause) {
        return cause.isContent() ? "lacks content in its registry" : "does not exist";
    }

    /** What is not there, and what is. */
    static String what(PullCause cause) {
        ImageReference image = cause.image();
        List<String> tags = nearest(cause);
        if (!tags.isEmpty()) {
            String missing = image.digest().isPresent()
                    ? "no manifest with digest " + image.digest().get()
                    : "no tag \"" + image.version() + "\"";
            String implied = image.digest().isEmpty() && !image.original().endsWith(":" + image.version())
                    ? " (the image has no tag, which means latest)"
                    : "";
            return image.registry() + " has the repository " + image.path() + " and " + missing + implied
                    + "; nearest: " + String.join(", ", tags) + ".";
        }
        return cause.explanation();
    }

    /** Docker Hub has no catalog. */
    private static boolean isUnknownRepository(PullCause cause) {
        boolean none = cause.row()
                .pull()
                .details()
                .tags()
                .ifKnown()
                .filter(List::isEmpty)
                .isPresent();
        return (none
                        || cause.decisive()
                                .filter(tried -> tried.answer().code().equals("NAME_UNKNOWN"))
                                .isPresent())
                && !cause.image().isDockerHub();
    }

    static List<String> nearest(PullCause cause) {
        String wanted = cause.image().version();
        return cause.row().pull().details().tags().ifKnown().orElse(List.of()).stream()
                .sorted(Comparator.comparingInt((String tag) -> Nearest.distance(tag, wanted))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    private static List<Fix> remedy(PullCause cause, Subject subject) {
        List<String> tags = nearest(cause);
        String repository = cause.image().repository();
        if (cause.isContent()) {
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
                : List.of(PullFixes.image(cause.row(), subject, Operand.image(repository + ":" + tags.get(0))), list);
    }
}
