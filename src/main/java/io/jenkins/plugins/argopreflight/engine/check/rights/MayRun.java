package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.right.Purpose;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check of the rights that the executor of each pod needs to report the results of its containers. */
public final class MayRun extends RightsCheck {

    public MayRun() {
        super(CheckInfo.error(
                        "may-run", "A pod's ServiceAccount is not allowed to report results to Argo", Topic.PERMISSIONS)
                .needing(Need.ACCESS_REVIEWS)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW && permission.purpose().kind() == Purpose.Kind.RESULTS;
    }

    /**
     * Returns whether the right is needed. Until Argo 3.5 one of two ways to report is sufficient: the right on task
     * results is checked, and the other right is considered with it.
     */
    @Override
    boolean isNeeded(Facts facts, NeededRight row) {
        return isResults(row) || !hasResults(facts, row);
    }

    @Override
    Outcome outcome(Facts facts, List<NeededRight> missingRights) {
        return isByPod(facts, missingRights.get(0)) ? Outcome.WARN : Outcome.FAIL;
    }

    private boolean isByPod(Facts facts, NeededRight row) {
        List<NeededRight> podRights = facts.permissions().stream()
                .filter(each -> covers(each) && !isResults(each) && each.user().equals(row.user()))
                .toList();
        return isResults(row)
                && !podRights.isEmpty()
                && podRights.stream().allMatch(each -> each.answer().ifKnown().orElse(false));
    }

    private boolean hasResults(Facts facts, NeededRight row) {
        return facts.permissions().stream()
                .anyMatch(each -> covers(each) && isResults(each) && each.user().equals(row.user()));
    }

    /** Returns whether the right is the one with which executors report results since Argo 3.4. */
    static boolean isReport(NeededRight row) {
        return row.party() == Party.WORKFLOW && isResults(row);
    }

    private static boolean isResults(NeededRight row) {
        return row.right().resource().equals("workflowtaskresults");
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        if (isByPod(facts, missingRights.get(0))) {
            return "the executor reports its results by annotations of the pod then, which Argo 3.6 and later do not read";
        }
        return missingRights.get(0).user().endsWith(":default")
                ? "the pods run and then end in Error (wait: exit code 64); the workflow has no ServiceAccount of its"
                        + " own, so they run as default, which has no permissions in a new namespace"
                : "the pods run and then end in Error (wait: exit code 64), because their executor cannot report"
                        + " results";
    }
}
