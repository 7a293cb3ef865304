package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.Map;
import java.util.TreeMap;

/** Names with dots as nested objects; source: argo-workflows util/expand. */
final class NestedNames {

    private NestedNames() {}

    static Object object(Map<String, String> names, int level) {
        Budget budget = Budget.current();
        budget.atMost(Limit.DEPTH_LEVELS, level);
        budget.charge(Limit.WORK_UNITS, names.size());
        Map<String, Object> object = new TreeMap<>();
        Map<String, Map<String, String>> inner = new TreeMap<>();
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (UnknownMarks.isIn(name.getValue())) {
                return Undecided.AT_RUN_TIME;
            }
            int dot = name.getKey().indexOf('.');
            if (dot < 0) {
                object.putIfAbsent(name.getKey(), name.getValue());
            } else {
                inner.computeIfAbsent(name.getKey().substring(0, dot), first -> new TreeMap<>())
                        .put(name.getKey().substring(dot + 1), name.getValue());
            }
        }
        inner.forEach((first, innerNames) -> object.put(first, object(innerNames, level + 1)));
        return object.containsValue(Undecided.AT_RUN_TIME) ? Undecided.AT_RUN_TIME : object;
    }
}
