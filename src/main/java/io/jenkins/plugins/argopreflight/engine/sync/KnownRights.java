package io.jenkins.plugins.argopreflight.engine.sync;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rights of the login in use. The rights in all namespaces are requested together beforehand, other rights one by
 * one when they are needed.
 */
public final class KnownRights {

    private final Access access;
    private final Map<Right, Once<Fact<Boolean>>> answers = new ConcurrentHashMap<>();

    public KnownRights(Access access) {
        this.access = access;
    }

    public void ask(Collection<Right> rights) {
        access.ask(rights).forEach((right, answer) -> answers.put(right, new Once<>(() -> answer)));
    }

    /** Returns whether a right is granted. An unknown answer counts as yes: the server decides then. */
    public boolean may(Right right) {
        return isGranted(right).ifKnown().orElse(true);
    }

    /** Returns whether a right is granted. A right for all names answers the question for one name. */
    public Fact<Boolean> isGranted(Right right) {
        Once<Fact<Boolean>> general = answers.get(right.named(""));
        return general != null && general.get().ifKnown().orElse(false)
                ? general.get()
                : answers.computeIfAbsent(
                                right,
                                key -> new Once<>(() -> Objects.requireNonNull(
                                        access.ask(List.of(key)).get(key))))
                        .get();
    }
}
