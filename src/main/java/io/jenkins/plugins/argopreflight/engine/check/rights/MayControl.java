package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.right.Purpose;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of the rights that Argo's controller needs for this workflow, except those on the Secrets of look-ups, which
 * another check covers.
 */
public final class MayControl extends RightsCheck {

    public MayControl() {
        super(CheckInfo.error(
                        "may-control",
                        "Argo's controller is not allowed to do what this workflow needs",
                        Topic.PERMISSIONS)
                .needing(Need.DEPLOYMENTS, Need.CONTROLLER_ACCOUNT, Need.ACCESS_REVIEWS, Need.CONFIG_MAPS));
    }

    @Override
    boolean covers(NeededRight permission) {
        return permission.party() == Party.CONTROLLER && permission.purpose().kind() != Purpose.Kind.LOOK_UP;
    }

    /**
     * Returns whether the right is needed. The controller needs no right in a namespace that it does not manage, and no
     * right to create a cache that exists.
     */
    @Override
    boolean isNeeded(Facts facts, NeededRight row) {
        return isManaged(facts, row) && !isCacheThatExists(facts, row);
    }

    private static boolean isManaged(Facts facts, NeededRight row) {
        String managed = facts.controller().flags().managedNamespace();
        String namespace = row.right().namespace();
        return managed.isEmpty() || namespace.equals(managed) || namespace.equals(facts.argoNamespace());
    }

    private static boolean isCacheThatExists(Facts facts, NeededRight row) {
        return row.right().verb().equals("create")
                && row.purpose().kind() == Purpose.Kind.CACHE
                && facts.permissions().stream()
                        .filter(each -> each.purpose().equals(row.purpose())
                                && !each.right().name().isEmpty()
                                && each.workflows().containsAll(row.workflows()))
                        .map(each -> facts.cluster()
                                .get(
                                        Resource.CONFIG_MAPS,
                                        each.right().namespace(),
                                        each.right().name()))
                        .allMatch(found -> found.ifKnown()
                                .flatMap((Optional<ObjectNode> object) -> object)
                                .isPresent());
    }

    /** Returns a Role that the controller already has in the namespace, or otherwise the controller's account. */
    @Override
    Subject holder(@Nullable Facts facts, String user, NeededRight row) {
        return Optional.ofNullable(facts)
                .flatMap(known ->
                        RoleFix.anyRole(known.cluster(), user, row.right().namespace()))
                .orElseGet(() -> super.holder(facts, user, row));
    }

    @Override
    String consequence(Facts facts, List<NeededRight> missingRights) {
        return missingRights.get(0).purpose().text() + "; without that, the workflow ends in Error or never finishes";
    }
}
