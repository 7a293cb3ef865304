package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The steps of an admission. The first refusal is the answer; reasons why steps before it could not be checked are
 * collected.
 */
final class Steps {

    private final Map<String, Optional<Right>> unknown = new LinkedHashMap<>();
    private Optional<PodRefusal> refusal = Optional.empty();

    /** Runs a step that depends on no fact. */
    void take(Supplier<Optional<PodRefusal>> step) {
        refusal = refusal.or(step);
    }

    /** Runs a step if its fact is known; otherwise collects the reason. */
    <T> void take(Fact<T> fact, Function<T, Optional<PodRefusal>> step) {
        if (refusal.isPresent()) {
            return;
        }
        fact.ifUnknown().ifPresent(reason -> unknown.put(reason.reason(), reason.missingRight()));
        try {
            refusal = fact.ifKnown().flatMap(step);
        } catch (IllegalArgumentException e) {
            unknown.put("an object of the cluster is malformed: " + e.getMessage(), Optional.empty());
        }
    }

    /**
     * Runs a step that needs two facts if both are known.
     *
     * @param other a fact that an earlier step has used already; if it is unknown, that step has collected the reason
     * @param fact the fact for the step; if it is unknown, the reason is collected
     */
    <T> void takeIfKnown(Fact<?> other, Fact<T> fact, Function<T, Optional<PodRefusal>> step) {
        if (other.ifKnown().isPresent()) {
            take(fact, step);
        } else if (refusal.isEmpty()) {
            take(fact, known -> Optional.empty());
        }
    }

    /** Returns whether a step can run: it has no obstacle. An obstacle is collected. */
    boolean canRun(Optional<String> obstacle) {
        collect(obstacle);
        return obstacle.isEmpty();
    }

    /** Collects an obstacle, which is the reason why a step could not be checked, unless the pod is refused already. */
    void collect(Optional<String> obstacle) {
        if (refusal.isEmpty()) {
            obstacle.ifPresent(reason -> unknown.put(reason, Optional.empty()));
        }
    }

    boolean isRefused() {
        return refusal.isPresent();
    }

    Fact<Optional<PodRefusal>> answer() {
        if (refusal.isPresent() || unknown.isEmpty()) {
            return Fact.known(refusal);
        }
        Optional<Right> right =
                unknown.values().stream().flatMap(Optional::stream).findFirst();
        return new Fact.Unknown<>(String.join("; ", unknown.keySet()), right);
    }
}
