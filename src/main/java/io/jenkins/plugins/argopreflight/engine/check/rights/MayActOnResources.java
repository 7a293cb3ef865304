package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.collect.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ResourceAction;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.List;

/** The ServiceAccount of a resource template is allowed to do to its object what kubectl tries. */
public final class MayActOnResources extends RightsCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "may-act-on-resources",
                    "A resource template's ServiceAccount is not allowed to do its action",
                    Severity.ERROR,
                    Topic.PERMISSIONS)
            .needing(Need.ACCESS_REVIEWS, Need.CONFIG_MAPS, Need.SECRETS, Need.CLAIMS, Need.SERVICE_ACCOUNTS);

    /** Whether any resource template deletes: then what is there now is perhaps not there later. */
    private record Deletes(boolean any) {

        static Deletes of(Facts facts) {
            return new Deletes(facts.workflows().stream()
                    .flatMap(workflow -> workflow.pods().stream())
                    .anyMatch(pod ->
                            Objects.text(PodTemplate.resource(pod), "action").equals("delete")));
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW && permission.neededFor().startsWith("resource template ");
    }

    /** kubectl apply creates only what is not there. */
    @Override
    boolean isNeeded(Facts facts, NeededRight permission) {
        Right right = permission.right();
        return !right.verb().equals("create")
                || permission.workflows().isEmpty()
                || facts.derived(Deletes.class, Deletes::of).any()
                || !permission.pods().stream()
                        .allMatch(pod -> isThere(
                                facts,
                                right,
                                ResourceAction.of(
                                        pod, permission.workflows().get(0).namespace())));
    }

    private static boolean isThere(Facts facts, Right right, List<ResourceAction> actions) {
        List<ResourceAction> same = actions.stream()
                .filter(each -> each.resource().plural().equals(right.resource())
                        && each.resource().group().equals(right.group())
                        && each.namespace().equals(right.namespace()))
                .toList();
        return !same.isEmpty()
                && same.stream()
                        .allMatch(each -> each.action().equals("apply")
                                && facts.cluster()
                                        .get(each.resource(), each.namespace(), each.name())
                                        .ifKnown()
                                        .flatMap(found -> found)
                                        .isPresent());
    }

    @Override
    String consequence(List<NeededRight> missing) {
        String what = missing.get(0).neededFor();
        String all = what.contains("kubectl apply") ? "; apply needs get, create and patch" : "";
        return "the template fails with exit code 64 (" + what + all + ")";
    }
}
