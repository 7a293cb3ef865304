package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Variables;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A scope with variables by name. Inner variables hide outer ones. Some are computed when they are requested. */
public final class Scope implements Variables {

    private final @Nullable Scope outer;
    private final Map<String, String> values = new HashMap<>();
    private final Function<String, Optional<String>> computedValues;
    private final Budget budget;

    private Scope(@Nullable Scope outer, Function<String, Optional<String>> computedValues) {
        this.outer = outer;
        this.computedValues = computedValues;
        this.budget = outer == null ? Budget.current() : outer.budget;
    }

    public static Scope global(Function<String, Optional<String>> computedValues) {
        return new Scope(null, computedValues);
    }

    public Scope inner() {
        return new Scope(this, name -> Optional.empty());
    }

    public Scope inner(Function<String, Optional<String>> computed) {
        return new Scope(this, computed);
    }

    public Scope put(String name, String value) {
        budget.chargeText(value.length());
        values.put(name, value);
        return this;
    }

    @Override
    public Optional<String> get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            String value = scope.values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
            Optional<String> computed = scope.computedValues.apply(name);
            if (computed.isPresent()) {
                return computed;
            }
        }
        return Optional.empty();
    }

    @Override
    public Map<String, String> below(String name) {
        Map<String, String> inner = new HashMap<>();
        addInner(name + ".", inner);
        return inner;
    }

    /** Adds the variables with a prefix. The innermost scope comes last, since its values are used. */
    private void addInner(String prefix, Map<String, String> result) {
        if (outer != null) {
            outer.addInner(prefix, result);
        }
        budget.charge(Limit.WORK_UNITS, values.size());
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), value);
            }
        });
    }
}
