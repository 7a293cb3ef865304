package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The notes on pulls of the kubelet that could not be checked. */
public final class PullNotes {

    private static final Set<PullCause.Kind> UNCHECKED = EnumSet.of(
            PullCause.Kind.UNRESOLVED,
            PullCause.Kind.SECRET_UNKNOWN,
            PullCause.Kind.ACCOUNT_UNKNOWN,
            PullCause.Kind.REGISTRY_UNKNOWN,
            PullCause.Kind.IDENTITY_UNKNOWN,
            PullCause.Kind.UNREACHABLE,
            PullCause.Kind.RATE_LIMITED);

    private PullNotes() {}

    /** Returns a note for each field with an image that is known only at run time. */
    public static Stream<Note> unresolved(Facts facts) {
        return notes(
                facts,
                cause -> cause.kind() == PullCause.Kind.UNRESOLVED && !cause.isSuppliedByTemplateCaller(),
                cause -> Places.of(
                        cause.podPull().workflow(),
                        cause.podPull().pod(),
                        cause.podPull().path()),
                PullNotes::unresolved);
    }

    private static Note unresolved(Subject subject, List<PullCause> causes) {
        return Note.of(
                Note.Kind.IMAGE_UNRESOLVED,
                subject,
                Title.format("Could not check image %s: it is known only at run time", PullRule.image(causes)),
                "Could not check whether " + PullRule.images(causes) + " can be pulled: the name depends on "
                        + causes.get(0).podPull().unresolved().orElse("a variable")
                        + ". Give the variable a value in the workflow, or check the images that it can become.");
    }

    /** Returns a note for each pull secret that could not be read if the pulls work without it. */
    public static Stream<Note> unread(Facts facts) {
        Map<Subject, List<PullCause>> bySecret = new LinkedHashMap<>();
        Set<Subject> decisive = new HashSet<>();
        for (PullCause cause : PullCauses.all(facts)) {
            String namespace = cause.pull().namespace();
            if (cause.kind() == PullCause.Kind.SECRET_UNKNOWN) {
                decisive.add(Subject.of("Secret", namespace, cause.secret(), ""));
            }
            cause.unreadSecrets()
                    .forEach(secret -> bySecret.computeIfAbsent(
                                    Subject.of("Secret", namespace, secret.name(), ""), any -> new ArrayList<>())
                            .add(cause));
        }
        bySecret.keySet().removeAll(decisive);
        return bySecret.entrySet().stream().map(entry -> unread(entry.getKey(), entry.getValue()));
    }

    private static Note unread(Subject secret, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String reason = first.unreadSecrets().stream()
                .filter(view -> view.name().equals(secret.name()))
                .map(PullSecretView::unreadReason)
                .findFirst()
                .orElse("");
        List<String> anonymous = causes.stream()
                .filter(cause -> cause.pull().credentials().isEmpty())
                .map(PullCause::registry)
                .distinct()
                .toList();
        return Note.of(
                Note.Kind.SECRET_UNREAD,
                secret,
                Title.format("Not checked: Secret %s", secret.name()),
                first.pull().source() + " lists Secret \"" + secret.name() + "\", which could not be read: "
                        + reason
                        + ". " + PullRule.images(causes)
                        + " can be pulled without it. "
                        + PullSecretView.importance(anonymous.isEmpty() ? "" : Listing.of(anonymous)));
    }

    /**
     * Returns a note for each missing deadline of a pull that could not be checked. Returns none if no registry was
     * asked.
     */
    public static Stream<Note> withoutDeadline(Facts facts) {
        boolean wasAsked = facts.pulls().stream()
                .flatMap(podPull -> podPull.pull().attempts().stream())
                .anyMatch(attempt -> attempt.answer().isSent());
        return wasAsked
                ? notes(
                        facts,
                        cause -> UNCHECKED.contains(cause.kind())
                                && !cause.isSuppliedByTemplateCaller()
                                && cause.podPull().workflow().isArgo()
                                && PodWithoutImage.isUnbounded(cause.podPull()),
                        PullNotes::deadline,
                        (subject, causes) -> withoutDeadline(facts, subject, causes))
                : Stream.empty();
    }

    private static Subject deadline(PullCause cause) {
        if (!isExitHandler(cause)) {
            return Places.workflow(cause.podPull().workflow(), "spec.activeDeadlineSeconds");
        }
        Subject image = Places.of(
                cause.podPull().workflow(),
                cause.podPull().pod(),
                cause.podPull().path());
        String template = Places.template(image.path());
        return image.path(template.isEmpty() ? "" : template + ".activeDeadlineSeconds")
                .container("");
    }

    /**
     * Returns whether the pod belongs to an exit handler, which the workflow's deadline does not end. Source:
     * argo-workflows workflow/controller/workflowpod.go.
     */
    private static boolean isExitHandler(PullCause cause) {
        return cause.podPull().pod().nodeNames().stream().allMatch(name -> name.contains(".onExit"));
    }

    private static Note withoutDeadline(Facts facts, Subject subject, List<PullCause> causes) {
        boolean isExitHandler = isExitHandler(causes.get(0));
        boolean hasPendingTimeout = facts.controller().version().has(Behaviour.PENDING_TIMEOUT);
        return Note.of(
                Note.Kind.NO_DEADLINE,
                subject,
                Title.format(
                        "%s has no deadline, and a pull could not be checked",
                        isExitHandler ? "An exit handler" : "The workflow"),
                "Could not check whether " + PullRule.images(causes) + " can be pulled. If the pull fails, the kubelet"
                        + " retries forever and the workflow never finishes. Set activeDeadlineSeconds in the "
                        + (isExitHandler ? "template, since the workflow's deadline does not end it" : "workflow")
                        + (hasPendingTimeout ? ", or pendingTimeout in the template." : "."));
    }

    private static Stream<Note> notes(
            Facts facts,
            Predicate<PullCause> filter,
            Function<PullCause, Subject> subjectOf,
            BiFunction<Subject, List<PullCause>, Note> note) {
        Map<Subject, List<PullCause>> bySubject = new LinkedHashMap<>();
        PullCauses.all(facts).stream()
                .filter(cause -> !cause.podPull().isLookUp())
                .filter(filter)
                .forEach(cause -> bySubject
                        .computeIfAbsent(subjectOf.apply(cause), any -> new ArrayList<>())
                        .add(cause));
        return bySubject.entrySet().stream().map(entry -> note.apply(entry.getKey(), entry.getValue()));
    }
}
