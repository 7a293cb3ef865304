package io.jenkins.plugins.argopreflight.engine.facts;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** A cache of values that several checks compute from the same facts. Each value is computed once. */
public final class DerivedValues {

    private final Map<Class<?>, Once<?>> values = new ConcurrentHashMap<>();

    <T> T get(Class<T> type, Supplier<T> computation) {
        return type.cast(
                values.computeIfAbsent(type, key -> new Once<>(computation)).get());
    }
}
