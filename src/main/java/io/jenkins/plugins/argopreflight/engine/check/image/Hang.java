package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a pod whose image cannot be pulled waits forever: the kubelet never gives up, and Argo only at a deadline. */
public final class Hang {

    private static final Pattern TEMPLATE = Pattern.compile("(.*\\.templates)\\[(\\d+)].*");

    private Hang() {}

    /** What happens when these pulls fail, in one sentence for the end of a detail. */
    public static String consequence(List<PullCause> causes) {
        boolean lookUp = causes.stream().anyMatch(cause -> cause.row().isLookUp());
        boolean kubelet = causes.stream().anyMatch(cause -> !cause.row().isLookUp());
        if (lookUp) {
            return " The controller's look-up of the command fails" + (kubelet ? " for the same reason" : "")
                    + ", and the node ends in Error.";
        }
        boolean waits = causes.stream().anyMatch(cause -> isUnbounded(cause.row()));
        return " The pod stays in ImagePullBackOff"
                + (waits ? ", and the workflow never finishes unless it has a deadline." : ".");
    }

    /**
     * How the nodes end: in Error where the controller's look-up comes first, in Failed where the template has a
     * deadline of its own, which the kubelet keeps, and else not at all.
     */
    static Ending ending(List<PullCause> causes) {
        Set<ArgoPod> pods = causes.stream().map(cause -> cause.row().pod()).collect(Collectors.toSet());
        Set<ArgoPod> lookedUp = causes.stream()
                .filter(cause -> cause.row().isLookUp())
                .map(cause -> cause.row().pod())
                .collect(Collectors.toSet());
        if (lookedUp.equals(pods)) {
            return Ending.ERROR;
        }
        boolean ends = causes.stream().allMatch(cause -> hasOwnDeadline(cause.row()));
        return ends ? Ending.FAILED : Ending.PENDING;
    }

    private static boolean hasOwnDeadline(PodPull row) {
        return row.pod().spec().has("activeDeadlineSeconds")
                && row.workflow()
                        .document()
                        .root()
                        .path("spec")
                        .path("activeDeadlineSeconds")
                        .isMissingNode();
    }

    static boolean isUnbounded(PodPull row) {
        return row.pod().kind() == ArgoPod.Kind.OTHER ? isAwaited(row) : hasNoDeadline(row);
    }

    /** Whether a workflow without a deadline creates the pod's object, and waits for it. */
    private static boolean isAwaited(PodPull row) {
        return row.workflow()
                .creator()
                .filter(workflow ->
                        SpecPlaces.spec(workflow).path("activeDeadlineSeconds").isMissingNode())
                .filter(workflow -> row.pod().existences().stream()
                        .anyMatch(existence -> !existence.tolerance().pending()))
                .isPresent();
    }

    private static boolean hasNoDeadline(PodPull row) {
        return row.pod().spec().path("activeDeadlineSeconds").isMissingNode() && !hasPendingTimeout(row);
    }

    /** From Argo 4.1 a template's pendingTimeout ends it. */
    private static boolean hasPendingTimeout(PodPull row) {
        Origin origin = row.pod().origin(row.path());
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
