package io.jenkins.plugins.argopreflight.offline.memory;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.rights.Rbac;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.offline.store.Answers;
import io.jenkins.plugins.argopreflight.offline.store.Reviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who asks and what they can do: the answers of access reviews and the refusals come from the same rules. */
final class MemoryRights implements Reviews.Authority {

    private final Identity self;
    private final Rbac rbac;
    private final List<Right> denied = new ArrayList<>();

    MemoryRights(Identity self, Rbac rbac) {
        this.self = self;
        this.rbac = rbac;
    }

    /** Takes a right away from the one who asks; "" or {@code *} in any of its fields stands for all. */
    void deny(Right right) {
        denied.add(right);
    }

    void check(Right right) {
        if (!allows(self, right)) {
            throw Answers.forbidden(self.user(), right);
        }
    }

    @Override
    public Fact<Identity> self() {
        return Fact.known(self);
    }

    @Override
    public boolean allows(Identity who, Right right) {
        return (!who.equals(self) || denied.stream().noneMatch(no -> covers(no, right))) && rbac.allows(who, right);
    }

    @Override
    public List<PolicyRule> rules(Identity who, String namespace) {
        return rbac.rules(who, namespace);
    }

    @Override
    public Optional<String> doubt(String namespace) {
        return Optional.empty();
    }

    @Override
    public Optional<String> unlisted(String namespace) {
        return denied.isEmpty() ? Optional.empty() : Optional.of("denied rights cannot be listed as rules");
    }

    private static boolean covers(Right no, Right right) {
        return covers(no.verb(), right.verb())
                && no.group().equals(right.group())
                && covers(no.resource(), right.resource())
                && no.subresource().equals(right.subresource())
                && (right.namespace().isEmpty() || covers(no.namespace(), right.namespace()))
                && (right.name().isEmpty() || covers(no.name(), right.name()));
    }

    private static boolean covers(String no, String value) {
        return no.isEmpty() || no.equals("*") || no.equals(value);
    }
}
