package io.jenkins.plugins.argopreflight.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The trees that can be reached from an object over the fields of our classes, also of lambdas, and over collections. */
public final class ReachableTrees {

    private static final String OURS = "io.jenkins.plugins.argopreflight.";

    private record Step(Object object, String path) {}

    private final Deque<Step> open = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> changeable = new ArrayList<>();
    private int trees;

    private ReachableTrees() {}

    /** Follows the object. */
    public static ReachableTrees from(Object root) {
        ReachableTrees reachable = new ReachableTrees();
        reachable.add(root, root.getClass().getSimpleName());
        while (!reachable.open.isEmpty()) {
            reachable.follow(reachable.open.pop());
        }
        return reachable;
    }

    /** The paths to those that can be changed. */
    public List<String> changeable() {
        return changeable;
    }

    /** Returns the number of trees. */
    public int count() {
        return trees;
    }

    private void add(Object object, String path) {
        if (object != null && seen.add(object)) {
            open.push(new Step(object, path));
        }
    }

    private void follow(Step step) {
        Object object = step.object();
        String path = step.path();
        if (object instanceof JsonNode tree) {
            trees++;
            if (!FrozenJson.isFrozen(tree)) {
                changeable.add(path + ": " + tree);
            } else {
                // A frozen tree over one that can be changed would be none.
                tree.forEach(child -> add(child, path));
            }
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(key, path);
                add(value, path + "{}");
            });
        } else if (object instanceof Iterable<?> list
                && !object.getClass().getName().startsWith(OURS)) {
            list.forEach(each -> add(each, path + "[]"));
        } else if (object instanceof Optional<?> optional) {
            optional.ifPresent(each -> add(each, path));
        } else if (object instanceof AtomicReference<?> reference) {
            add(reference.get(), path);
        } else if (object instanceof CompletableFuture<?> future) {
            add(future.isCompletedExceptionally() ? null : future.getNow(null), path);
        } else if (object instanceof Object[] array) {
            for (Object each : array) {
                add(each, path + "[]");
            }
        } else {
            fields(object, path);
        }
    }

    private void fields(Object object, String path) {
        for (Class<?> type = object.getClass(); type != null && type.getName().startsWith(OURS); ) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    try {
                        field.setAccessible(true);
                        add(field.get(object), path + "." + field.getName());
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(path + "." + field.getName(), e);
                    }
                }
            }
            type = type.getSuperclass();
        }
    }
}
