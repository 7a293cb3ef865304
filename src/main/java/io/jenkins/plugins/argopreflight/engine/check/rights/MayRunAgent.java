package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.right.Purpose;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/**
 * A check of the rights that the ServiceAccount of the agent pod needs to watch its tasks and to report their results.
 */
public final class MayRunAgent extends RightsCheck {

    public MayRunAgent() {
        super(CheckInfo.error(
                        "may-run-agent",
                        "The agent of http and plugin templates is not allowed to do its work",
                        Topic.PERMISSIONS)
                .needing(Need.ACCESS_REVIEWS));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW
                && (permission.right().resource().equals("workflowtasksets")
                        || permission.purpose().kind() == Purpose.Kind.HEADERS)
                && !permission.purpose().isOfResourceTemplate();
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        if (missingRights.stream().allMatch(each -> each.purpose().kind() == Purpose.Kind.HEADERS)) {
            return "http nodes that send them end in Failed";
        }
        return missingRights.stream().allMatch(each -> each.right().verb().equals("patch"))
                ? "the agent runs and cannot report results, and http and plugin nodes stay Pending"
                : "the agent restarts forever (CrashLoopBackOff), and http and plugin nodes stay Pending";
    }
}
