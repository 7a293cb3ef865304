package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.cluster.Access;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Right;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What we may do, asked for all namespaces together beforehand, and singly for what turns up later. */
final class KnownRights {

    private final Access access;
    private final Map<Right, Fact<Boolean>> answers = new ConcurrentHashMap<>();

    KnownRights(Access access) {
        this.access = access;
    }

    void ask(Collection<Right> rights) {
        answers.putAll(access.ask(rights));
    }

    /** An unknown answer counts as yes: the server will tell. */
    boolean may(Right right) {
        return of(right).ifKnown().orElse(true);
    }

    Fact<Boolean> of(Right right) {
        Fact<Boolean> general = answers.get(right.named(""));
        boolean settled = general != null && general.ifKnown().orElse(false);
        return settled
                ? general
                : answers.computeIfAbsent(right, key -> access.ask(List.of(key)).get(key));
    }
}
