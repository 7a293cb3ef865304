package io.jenkins.plugins.argopreflight.engine.check.rights;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.right.Purpose;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceAction;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/** A check of the rights that the ServiceAccount of a resource template needs for kubectl's requests. */
public final class MayActOnResources extends RightsCheck {

    /** Stores whether any resource template deletes objects, so that an object that exists now can be missing later. */
    private record Deletions(boolean any) {

        static Deletions of(Facts facts) {
            return new Deletions(facts.workflows().stream()
                    .flatMap(workflow -> workflow.pods().stream())
                    .anyMatch(pod ->
                            Json.text(PodTemplate.resource(pod), "action").equals("delete")));
        }
    }

    /** The actions of the resource templates of all workflows. */
    private record Actions(List<ResourceAction> all) {

        static Actions of(Facts facts) {
            return new Actions(facts.workflows().stream()
                    .flatMap(workflow -> workflow.pods().stream()
                            .flatMap(pod -> ResourceAction.of(pod, workflow.namespace()).stream()))
                    .toList());
        }
    }

    public MayActOnResources() {
        super(CheckInfo.error(
                        "may-act-on-resources",
                        "A resource template's ServiceAccount is not allowed to do its action",
                        Topic.PERMISSIONS)
                .needing(Need.ACCESS_REVIEWS, Need.CONFIG_MAPS, Need.SECRETS, Need.CLAIMS, Need.SERVICE_ACCOUNTS));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.WORKFLOW && permission.purpose().isOfResourceTemplate();
    }

    /**
     * Returns whether the right is needed: kubectl apply needs create only for a missing object, and patch only for an
     * existing one.
     */
    @Override
    boolean isNeeded(Facts facts, NeededRight permission) {
        String verb = permission.right().verb();
        if (!verb.equals("create") && !verb.equals("patch")
                || permission.workflows().isEmpty()
                || facts.derived(Deletions.class, Deletions::of).any()) {
            return true;
        }
        List<ResourceAction> actions = facts.derived(Actions.class, Actions::of).all().stream()
                .filter(each -> concerns(each, permission.right()))
                .toList();
        // An object that exists stays, but a missing object can be created by another action before this one.
        boolean isStateDecisive = verb.equals("create")
                || actions.size() == 1 && actions.get(0).pod().count() == 1;
        return !isStateDecisive
                || permission.pods().stream().anyMatch(pod -> actions.stream().noneMatch(each -> each.pod() == pod))
                || actions.stream()
                        .filter(each -> permission.pods().contains(each.pod()))
                        .anyMatch(each ->
                                !each.action().equals("apply") || !hasKnownState(facts, each, verb.equals("create")));
    }

    private static boolean concerns(ResourceAction action, Right right) {
        return action.resource().plural().equals(right.resource())
                && action.resource().group().equals(right.group())
                && action.namespace().equals(right.namespace());
    }

    /** Returns whether the object is known to exist, or is known to be missing if {@code exists} is false. */
    private static boolean hasKnownState(Facts facts, ResourceAction action, boolean exists) {
        return facts.cluster()
                .get(action.resource(), action.namespace(), action.name())
                .ifKnown()
                .filter(found -> found.isPresent() == exists)
                .isPresent();
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        Purpose purpose = missingRights.get(0).purpose();
        String explanation = purpose.kind() == Purpose.Kind.APPLIED_OBJECT ? "; apply needs get, create and patch" : "";
        return "the template fails with exit code 64 (" + purpose.text() + explanation + ")";
    }
}
