package io.jenkins.plugins.argopreflight.offline.memory;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Rbac;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.store.ApiErrors;
import io.jenkins.plugins.argopreflight.offline.store.Reviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The user of a cluster in memory, and the rights of all users. Access reviews and refusals follow the same rules. */
final class MemoryRights implements Reviews.Authority {

    private final Identity self;
    private final Rbac rbac;
    private final List<Right> denied = new ArrayList<>();

    MemoryRights(Identity self, Rbac rbac) {
        this.self = self;
        this.rbac = rbac;
    }

    /**
     * Removes a right from the current user. An empty or {@code *} verb, resource, namespace or name stands for all;
     * group and subresource must be equal to those of a request. A request for all namespaces or all names needs the
     * right in each namespace and for each name, so that it is denied, too.
     */
    void deny(Right right) {
        denied.add(right);
    }

    /** Throws the refusal of the API server if the current user does not have the right. */
    void check(Right right) {
        if (!allows(self, right)) {
            throw ApiErrors.forbidden(self.user(), right);
        }
    }

    @Override
    public Fact<Identity> self() {
        return Fact.known(self);
    }

    @Override
    public boolean allows(Identity identity, Right right) {
        return (!identity.equals(self) || denied.stream().noneMatch(deniedRight -> covers(deniedRight, right)))
                && rbac.allows(identity, right);
    }

    @Override
    public List<PolicyRule> rules(Identity identity, String namespace) {
        return rbac.rules(identity, namespace);
    }

    @Override
    public Optional<String> uncertaintyReason(String namespace) {
        return Optional.empty();
    }

    @Override
    public Optional<String> omissionReason(String namespace) {
        return denied.isEmpty() ? Optional.empty() : Optional.of("denied rights cannot be listed as rules");
    }

    /** Returns whether a request that needs the right is denied. */
    private static boolean covers(Right deniedRight, Right right) {
        return covers(deniedRight.verb(), right.verb())
                && deniedRight.group().equals(right.group())
                && covers(deniedRight.resource(), right.resource())
                && deniedRight.subresource().equals(right.subresource())
                && (right.namespace().isEmpty() || covers(deniedRight.namespace(), right.namespace()))
                && (right.name().isEmpty() || covers(deniedRight.name(), right.name()));
    }

    private static boolean covers(String denied, String value) {
        return denied.isEmpty() || denied.equals("*") || denied.equals(value);
    }
}
