package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.List;

/** The ServiceAccount of a resource template is allowed to do to its object what kubectl tries. */
public final class MayActOnResources extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-act-on-resources",
                    "A resource template's ServiceAccount is not allowed to do its action",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing(Need.ACCESS_REVIEWS);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW && permission.neededFor().startsWith("resource template ");
    }

    @Override
    String consequence(List<NeededRight> missing) {
        String what = missing.get(0).neededFor();
        String all = what.contains("kubectl apply") ? "; apply needs get, create and patch" : "";
        return "the template fails with exit code 64 (" + what + all + ")";
    }
}
