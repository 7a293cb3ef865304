package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Permission;
import io.jenkins.plugins.argopreflight.engine.collect.Permission.Party;
import java.util.List;

/** The ServiceAccount of a resource template is allowed to do to its object what kubectl tries. */
public final class MayActOnResources extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-act-on-resources",
                    "A resource template's ServiceAccount is not allowed to do its action",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing("access reviews of the workflow's ServiceAccounts, or Roles and bindings");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(Permission permission) {
        return permission.party() == Party.WORKFLOW && permission.neededFor().startsWith("resource template ");
    }

    @Override
    String consequence(List<Permission> missing) {
        String what = missing.get(0).neededFor();
        String all = what.contains("kubectl apply") ? "; apply needs get, create and patch" : "";
        return "the template fails with exit code 64 (" + what + all + ")";
    }
}
