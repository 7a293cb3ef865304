package io.jenkins.plugins.argopreflight.engine.collect;

import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What several checks derive from the same facts: each thing once. */
public final class Derived {

    private final Map<Class<?>, Once<?>> things = new ConcurrentHashMap<>();

    <T> T get(Class<T> what, Supplier<T> how) {
        return what.cast(things.computeIfAbsent(what, key -> new Once<>(how)).get());
    }
}
