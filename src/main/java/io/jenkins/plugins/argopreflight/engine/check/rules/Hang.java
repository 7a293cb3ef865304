package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a pod whose image cannot be pulled waits for ever: the kubelet never gives up, and Argo only by a deadline. */
final class Hang {

    private static final Pattern TEMPLATE = Pattern.compile("(.*\\.templates)\\[(\\d+)].*");

    private Hang() {}

    /** A sentence for a finding on pulls that fail; "" where a deadline ends the waiting. */
    static String sentence(List<PullCause> causes) {
        boolean waits = causes.stream().anyMatch(cause -> !cause.row().isLookUp() && isUnbounded(cause.row()));
        return waits ? " The pod never starts, and without a deadline Argo leaves its node Pending for ever." : "";
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
