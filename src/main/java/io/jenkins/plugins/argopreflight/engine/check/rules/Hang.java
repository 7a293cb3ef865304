package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.Origin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a pod whose image cannot be pulled waits for ever: the kubelet never gives up, and Argo only by a deadline. */
final class Hang {

    private static final Pattern TEMPLATE = Pattern.compile("(.*\\.templates)\\[(\\d+)].*");

    private Hang() {}

    /** A sentence for a finding on pulls that fail; "" where a deadline ends the waiting. */
    static String sentence(List<PullCause> causes) {
        boolean waits = causes.stream().anyMatch(cause -> !cause.row().isLookUp() && isUnbounded(cause.row()));
        return waits ? " The pod never starts, and without a deadline Argo leaves its node Pending for ever." : "";
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
