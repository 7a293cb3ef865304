package io.jenkins.plugins.argopreflight.engine.workflow.template;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Variables by name, inner before outer; some are computed only when asked for. */
public final class Scope implements Variables {

    private final @Nullable Scope outer;
    private final Map<String, String> values = new HashMap<>();
    private final Function<String, Optional<String>> more;
    private final Budget budget;

    private Scope(@Nullable Scope outer, Function<String, Optional<String>> more) {
        this.outer = outer;
        this.more = more;
        this.budget = outer == null ? Budget.current() : outer.budget;
    }

    public static Scope global(Function<String, Optional<String>> more) {
        return new Scope(null, more);
    }

    public Scope inner() {
        return new Scope(this, name -> Optional.empty());
    }

    public Scope inner(Function<String, Optional<String>> computed) {
        return new Scope(this, computed);
    }

    public Scope put(String name, String value) {
        budget.text(value.length());
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
            Optional<String> computed = scope.more.apply(name);
            if (computed.isPresent()) {
                return computed;
            }
        }
        return Optional.empty();
    }

    @Override
    public Map<String, String> below(String name) {
        Map<String, String> below = new HashMap<>();
        addBelow(name + ".", below);
        return below;
    }

    /** The innermost last, since its values count. */
    private void addBelow(String start, Map<String, String> below) {
        if (outer != null) {
            outer.addBelow(start, below);
        }
        budget.charge(Limit.WORK, values.size());
        values.forEach((each, value) -> {
            if (each.startsWith(start)) {
                below.put(each.substring(start.length()), value);
            }
        });
    }
}
