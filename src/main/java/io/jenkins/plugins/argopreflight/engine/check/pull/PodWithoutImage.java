package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.Origin;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The consequences for a pod whose image cannot be pulled. It can wait forever: the kubelet never stops trying, and Argo
 * stops only at a deadline.
 */
public final class PodWithoutImage {

    private static final Pattern TEMPLATE = Pattern.compile("(.*\\.templates)\\[(\\d+)].*");

    private PodWithoutImage() {}

    /** Returns the consequence of failing pulls, as a sentence for the end of a detail. */
    public static String consequence(List<PullCause> causes) {
        boolean hasLookUp = causes.stream().anyMatch(cause -> cause.podPull().isLookUp());
        boolean hasKubelet = causes.stream().anyMatch(cause -> !cause.podPull().isLookUp());
        if (hasLookUp) {
            return " The controller's look-up of the command fails" + (hasKubelet ? " for the same reason" : "")
                    + ", and the node ends in Error.";
        }
        boolean hasUnbounded = causes.stream().anyMatch(cause -> isUnbounded(cause.podPull()));
        return " The pod stays in ImagePullBackOff"
                + (hasUnbounded ? ", and the workflow never finishes unless it has a deadline." : ".");
    }

    /**
     * Returns the way in which the nodes end: in Error if the controller's look-up comes first, in Failed if the
     * template has its own deadline, which the kubelet applies, and otherwise not at all.
     */
    static Ending ending(List<PullCause> causes) {
        Set<ArgoPod> pods = causes.stream().map(cause -> cause.podPull().pod()).collect(Collectors.toSet());
        Set<ArgoPod> podsWithLookUp = causes.stream()
                .filter(cause -> cause.podPull().isLookUp())
                .map(cause -> cause.podPull().pod())
                .collect(Collectors.toSet());
        if (podsWithLookUp.equals(pods)) {
            return Ending.ERROR;
        }
        boolean hasDeadlines = causes.stream().allMatch(cause -> hasOwnDeadline(cause.podPull()));
        return hasDeadlines ? Ending.FAILED : Ending.PENDING;
    }

    private static boolean hasOwnDeadline(PodPull podPull) {
        return podPull.pod().spec().has("activeDeadlineSeconds")
                && podPull.workflow()
                        .document()
                        .root()
                        .path("spec")
                        .path("activeDeadlineSeconds")
                        .isMissingNode();
    }

    /** Returns whether nothing ends the wait of a pod whose image cannot be pulled. */
    static boolean isUnbounded(PodPull podPull) {
        return podPull.pod().kind() == ArgoPod.Kind.OTHER ? isAwaited(podPull) : hasNoDeadline(podPull);
    }

    /** Returns whether a workflow without a deadline creates the object of the pod and waits for it. */
    private static boolean isAwaited(PodPull podPull) {
        return podPull.workflow()
                .creator()
                .filter(workflow ->
                        SpecPlaces.spec(workflow).path("activeDeadlineSeconds").isMissingNode())
                .filter(workflow -> podPull.pod().existences().stream()
                        .anyMatch(existence -> !existence.tolerance().pending()))
                .isPresent();
    }

    private static boolean hasNoDeadline(PodPull podPull) {
        return podPull.pod().spec().path("activeDeadlineSeconds").isMissingNode() && !hasPendingTimeout(podPull);
    }

    /** Returns whether the template has a pendingTimeout, which ends a pending pod from Argo 4.1 on. */
    private static boolean hasPendingTimeout(PodPull podPull) {
        Origin origin = podPull.pod().origin(podPull.path());
        Matcher template = TEMPLATE.matcher(origin.path());
        Optional<Document> document = origin.document();
        return template.matches()
                && document.isPresent()
                && document.get()
                        .root()
                        .at("/" + template.group(1).replace('.', '/') + "/" + template.group(2) + "/pendingTimeout")
                        .isValueNode();
    }
}
