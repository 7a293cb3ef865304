package io.jenkins.plugins.argopreflight.engine.check.rights;

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

    /** Whether any resource template deletes: then what is there now is perhaps not there later. */
    private record Deletes(boolean any) {

        static Deletes of(Facts facts) {
            return new Deletes(facts.workflows().stream()
                    .flatMap(workflow -> workflow.pods().stream())
                    .anyMatch(pod ->
                            Objects.text(PodTemplate.resource(pod), "action").equals("delete")));
        }
    }

    /** What the resource templates of all workflows do. */
    private record Actions(List<ResourceAction> all) {

        static Actions of(Facts facts) {
            return new Actions(facts.workflows().stream()
                    .flatMap(workflow -> workflow.pods().stream()
                            .flatMap(pod -> ResourceAction.of(pod, workflow.namespace()).stream()))
                    .toList());
        }
    }

    public MayActOnResources() {
        super(info("may-act-on-resources", "A resource template's ServiceAccount is not allowed to do its action")
                .needing(Need.ACCESS_REVIEWS, Need.CONFIG_MAPS, Need.SECRETS, Need.CLAIMS, Need.SERVICE_ACCOUNTS));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW && permission.neededFor().startsWith("resource template ");
    }

    /** kubectl apply creates only what is not there, and patches only what is. */
    @Override
    boolean isNeeded(Facts facts, NeededRight permission) {
        String verb = permission.right().verb();
        if (!verb.equals("create") && !verb.equals("patch")
                || permission.workflows().isEmpty()
                || facts.derived(Deletes.class, Deletes::of).any()) {
            return true;
        }
        List<ResourceAction> same = facts.derived(Actions.class, Actions::of).all().stream()
                .filter(each -> isAbout(each, permission.right()))
                .toList();
        boolean first =
                verb.equals("create") || same.size() == 1 && same.get(0).pod().count() == 1;
        return !first
                || permission.pods().stream().anyMatch(pod -> same.stream().noneMatch(each -> each.pod() == pod))
                || same.stream()
                        .filter(each -> permission.pods().contains(each.pod()))
                        .anyMatch(
                                each -> !each.action().equals("apply") || !isThere(facts, each, verb.equals("create")));
    }

    private static boolean isAbout(ResourceAction action, Right right) {
        return action.resource().plural().equals(right.resource())
                && action.resource().group().equals(right.group())
                && action.namespace().equals(right.namespace());
    }

    /** Whether the object surely exists, or surely does not. */
    private static boolean isThere(Facts facts, ResourceAction action, boolean exists) {
        return facts.cluster()
                .get(action.resource(), action.namespace(), action.name())
                .ifKnown()
                .filter(found -> found.isPresent() == exists)
                .isPresent();
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missing) {
        String what = missing.get(0).neededFor();
        String all = what.contains("kubectl apply") ? "; apply needs get, create and patch" : "";
        return "the template fails with exit code 64 (" + what + all + ")";
    }
}
