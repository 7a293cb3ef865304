package io.jenkins.plugins.argopreflight.offline.snapshot;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Rbac;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.store.ObjectStore;
import io.jenkins.plugins.argopreflight.offline.store.Reviews;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rights that a snapshot's Roles and bindings grant. A right is reported as missing only if all Roles and bindings
 * are known.
 */
final class SnapshotRights implements Reviews.Authority {

    private final Rbac rbac;
    private final Coverage coverage;
    private final Fact<Identity> self;

    SnapshotRights(ObjectStore store, Coverage coverage, Fact<Identity> self) {
        this.rbac = store.rbac();
        this.coverage = coverage;
        this.self = self;
    }

    @Override
    public Fact<Identity> self() {
        return self;
    }

    @Override
    public boolean allows(Identity identity, Right right) {
        return rbac.allows(identity, right);
    }

    @Override
    public List<PolicyRule> rules(Identity identity, String namespace) {
        return rbac.rules(identity, namespace);
    }

    @Override
    public Optional<String> uncertaintyReason(String namespace) {
        Stream<Resource> everywhere = Stream.of(Resource.CLUSTER_ROLE_BINDINGS, Resource.CLUSTER_ROLES);
        Stream<Resource> here = namespace.isEmpty() ? Stream.of() : Stream.of(Resource.ROLE_BINDINGS, Resource.ROLES);
        return Stream.concat(here, everywhere)
                .flatMap(resource -> coverage.gap(resource, resource.namespaced() ? namespace : "").stream())
                .findFirst()
                .map(Throwable::getMessage);
    }
}
