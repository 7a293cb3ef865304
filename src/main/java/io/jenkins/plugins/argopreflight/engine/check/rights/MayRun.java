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
     * Returns whether the right is needed. Until Argo 3.5, an executor reports by task results or by its pod, and needs
     * only one of the two rights. So the right on the pod is not reported if the right on task results is
     * checked, whatever the answer is.
     */
    @Override
    boolean isNeeded(Facts facts, NeededRight row) {
        return isOnTaskResults(row) || !isTaskResultsChecked(facts, row);
    }

    @Override
    Outcome outcome(Facts facts, List<NeededRight> missingRights) {
        return canReportByPod(facts, missingRights.get(0)) ? Outcome.WARN : Outcome.FAIL;
    }

    /** Returns whether the executor is allowed to report by its pod instead of task results. */
    private boolean canReportByPod(Facts facts, NeededRight row) {
        List<NeededRight> podRights = facts.permissions().stream()
                .filter(each ->
                        covers(each) && !isOnTaskResults(each) && each.user().equals(row.user()))
                .toList();
        return isOnTaskResults(row)
                && !podRights.isEmpty()
                && podRights.stream().allMatch(each -> each.answer().ifKnown().orElse(false));
    }

    /** Returns whether the user's right on task results is checked, too. */
    private boolean isTaskResultsChecked(Facts facts, NeededRight row) {
        return facts.permissions().stream()
                .anyMatch(each ->
                        covers(each) && isOnTaskResults(each) && each.user().equals(row.user()));
    }

    /** Returns whether the right is that of a workflow's executor to report task results (since Argo 3.4). */
    static boolean isReport(NeededRight row) {
        return row.party() == Party.WORKFLOW && isOnTaskResults(row);
    }

    private static boolean isOnTaskResults(NeededRight row) {
        return row.right().resource().equals("workflowtaskresults");
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        if (canReportByPod(facts, missingRights.get(0))) {
            return "the executor reports its results by annotations of the pod then, which Argo 3.6 and later do not read";
        }
        return missingRights.get(0).user().endsWith(":default")
                ? "the pods run and then end in Error (wait: exit code 64); the workflow has no ServiceAccount of its"
                        + " own, so they run as default, which has no permissions in a new namespace"
                : "the pods run and then end in Error (wait: exit code 64), because their executor cannot report"
                        + " results";
    }
}
